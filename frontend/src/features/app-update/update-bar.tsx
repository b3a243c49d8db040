import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import type { Update } from './follow.ts'
import { useUpdate } from './use-update.ts'

const words: Readonly<Record<Exclude<Update, 'none'>, string>> = {
  ready: 'A new version is there.',
  taken: 'Your other tab runs a newer version than this one.',
}

/** Asks before the page becomes a newer version of itself. */
export const UpdateBar = () => {
  const [update, accept] = useUpdate()
  const [later, setLater] = useState<Update>('none')
  if (update === 'none' || update === later) return null
  return (
    <aside
      aria-label="Update"
      data-testid="update"
      className="fixed right-3 bottom-18 z-40 flex items-center gap-3 rounded-[10px] border border-line bg-surface py-2 pr-2 pl-4 text-13 shadow-float lg:right-6 lg:bottom-6"
    >
      {words[update]}
      <span className="flex gap-2">
        <Button onClick={accept}>Load it</Button>
        <Button onClick={() => setLater(update)}>Later</Button>
      </span>
    </aside>
  )
}
