import type { PanelStates } from '../../panels/states.ts'
import { System } from './system.tsx'

/** The system panel in every state. */
export const systemStates: PanelStates = {
  title: 'System',
  show: () => <System />,
}
