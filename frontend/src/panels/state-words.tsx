import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Message } from '../ui/message.tsx'
import type { PanelState } from './state.ts'

/** A panel's own words for what it has not got. */
export interface PanelWords {
  /** What is waited for, as in "Waiting for the first prices". */
  readonly subject: string
  /** In place of that sentence, where what is waited for is not the server. */
  readonly waiting?: string
  /** One sentence for an empty panel, what happens next included. */
  readonly empty: string
}

interface WordsProps {
  readonly state: PanelState
  readonly words: PanelWords
  retry(): void
}

const keySentence = (enabledBy: string | undefined): ReactNode =>
  enabledBy === undefined ? (
    'No provider is set up for this. The documentation says how to.'
  ) : (
    <>
      No provider is set up for this. Set{' '}
      <code className="rounded-sm bg-raised px-1 py-0.5 text-12 text-text">{enabledBy}</code> at its
      service to switch it on.
    </>
  )

/** Words and one action in place of a panel's content; nothing in the states that show it or wait for it. */
export const StateWords = ({ state, words, retry }: WordsProps) => {
  const again = <Button onClick={retry}>Ask again</Button>
  switch (state.kind) {
    case 'empty':
      return <Message action={again}>{words.empty}</Message>
    case 'refused':
      return (
        <Message action={again}>
          The server does not give this out at the moment. It may do so later.
        </Message>
      )
    case 'unconfigured':
      return <Message>{keySentence(state.enabledBy)}</Message>
    case 'error':
      return (
        <Message action={again}>
          {state.words} It is tried again all the time, and {words.subject} appear by themselves.
        </Message>
      )
    default:
      return null
  }
}
