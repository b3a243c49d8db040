import { lazy, Suspense, useId } from 'react'
import { Button } from '../../ui/button.tsx'
import { canRetry, type PillWords, type ShownPhase } from './model.ts'
import type { Connection } from './use-connection.ts'
import { useDisclosure } from './use-disclosure.ts'

const ConnectionDetails = lazy(async () => ({
  default: (await import('./connection-details.tsx')).ConnectionDetails,
}))

const dots: Readonly<Record<ShownPhase, string>> = {
  connecting: 'border-2 border-faint',
  live: 'bg-accent',
  stale: 'bg-warn',
  offline: 'border-2 border-warn',
  recovering: 'border-2 border-accent',
}

const Words = ({ shown, words }: { shown: ShownPhase; words: PillWords }) => (
  <>
    <span className="font-medium">{words.word}</span>
    {words.detail && (
      <span className={`text-muted ${shown === 'live' ? '' : 'hidden sm:inline'}`}>
        {words.detail}
      </span>
    )}
  </>
)

/** Dot, word and latency; opens a small panel with the details. */
export const ConnectionPill = ({ shown, words, status, announced, retry }: Connection) => {
  const { open, root, button, toggle } = useDisclosure()
  const id = useId()
  return (
    <div
      ref={root}
      className="relative flex items-center gap-2"
      data-testid="connection"
      data-phase={shown}
    >
      <button
        ref={button}
        type="button"
        onClick={toggle}
        aria-expanded={open}
        aria-controls={id}
        className="touchable flex min-h-8 items-center gap-2 rounded-full border border-line bg-surface px-3 text-12 whitespace-nowrap"
      >
        <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${dots[shown]}`} />
        <span className="whitespace-pre">
          <span className="sr-only">Connection: </span>
          <Words shown={shown} words={words} />
        </span>
      </button>
      {canRetry(status) && <Button onClick={retry}>Try now</Button>}
      <div
        id={id}
        hidden={!open}
        className="absolute top-full right-0 z-30 mt-2 w-80 max-w-[calc(100vw-24px)] rounded-[10px] border border-line bg-surface p-4 shadow-float"
      >
        <Suspense>{open && <ConnectionDetails status={status} />}</Suspense>
      </div>
      <output aria-live="polite" className="sr-only">
        {announced}
      </output>
    </div>
  )
}
