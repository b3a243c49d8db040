/// <reference lib="dom" />
import type { Page } from 'playwright-core'

/** What React has done. */
export interface Work {
  commits: number
  /** Rows of the table of prices that were rendered. */
  rows: number
}

interface Fiber {
  readonly child: Fiber | null
  readonly sibling: Fiber | null
  readonly return: Fiber | null
  readonly alternate: Fiber | null
  readonly flags: number
  readonly type: unknown
  readonly memoizedProps: unknown
}

declare global {
  interface Window {
    fluxWork: Work
    __REACT_DEVTOOLS_GLOBAL_HOOK__: unknown
  }
}

/**
 * Stands where React's developer tools would stand, which the page as it is shipped reports its commits to. Runs inside the
 * page before its own scripts, so it must not use anything from outside.
 */
const countWork = (): void => {
  const work: Work = { commits: 0, rows: 0 }
  window.fluxWork = work
  // React's own mark of a component whose function has run.
  const performedWork = 1

  const isRow = ({ type, memoizedProps }: Fiber): boolean =>
    type === 'tr' && String(Reflect.get(Object(memoizedProps), 'data-testid')).startsWith('row-')
  const childrenOf = (fiber: Fiber): Fiber[] => {
    const children: Fiber[] = []
    for (let child = fiber.child; child; child = child.sibling) children.push(child)
    return children
  }
  const visit = (fiber: Fiber): void => {
    const ran = (fiber.return?.flags ?? 0) & performedWork
    if (isRow(fiber) && (ran || !fiber.alternate)) work.rows += 1
    // The same children as before: nothing below has been worked on.
    if (fiber.alternate && fiber.child === fiber.alternate.child) return
    for (const child of childrenOf(fiber)) visit(child)
  }
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    ...{ supportsFiber: true, renderers: new Map(), inject: () => 1, checkDCE: () => undefined },
    ...{ onCommitFiberUnmount: () => undefined, onPostCommitFiberRoot: () => undefined },
    onCommitFiberRoot: (_renderer: number, root: { readonly current: Fiber }) => {
      work.commits += 1
      visit(root.current)
    },
  }
}

/** Lets a page count what React does, from its next navigation on. */
export const installCommits = (page: Page): Promise<unknown> => page.addInitScript(countWork)

/** What React has done by now. */
export const readCommits = (page: Page): Promise<Work> => page.evaluate(() => window.fluxWork)
