export type { Control, FaultOutcome, SandboxState } from './control/control.ts'
export type { ActiveFault } from './control/faults.ts'
export { damages, type FaultInput, type ReplayInput, type Step } from './control/schemas.ts'
export { type Sandbox, type SandboxOptions, startSandbox } from './server.ts'
