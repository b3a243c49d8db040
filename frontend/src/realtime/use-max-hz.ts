import { maxHzChoices } from '@flux/contracts'
import { useEffect } from 'react'
import { useStored } from '../ui/use-stored.ts'
import { useClient } from './client-context.tsx'

const key = 'flux.max-hz'

/** How many times a second the server sends at most, as it is kept; `all`: as things happen. */
export type MaxHzChoice = `${(typeof maxHzChoices)[number]}` | 'all'

const find = (text: string | null) => maxHzChoices.find((hz) => String(hz) === text)

const choiceOf = (text: string | null): MaxHzChoice => {
  const hz = find(text)
  return hz === undefined ? 'all' : `${hz}`
}

/** The choice of this browser, and the switch for it. */
export const useMaxHz = (): readonly [MaxHzChoice, (choice: MaxHzChoice) => void] => {
  const [text, save] = useStored(key)
  return [choiceOf(text), (choice) => save(choice === 'all' ? null : choice)]
}

/** Asks the server for no more than what the user has chosen. */
export const useApplyMaxHz = (): void => {
  const client = useClient()
  const [text] = useStored(key)
  const hz = find(text)
  useEffect(() => client.setMaxHz(hz), [client, hz])
}
