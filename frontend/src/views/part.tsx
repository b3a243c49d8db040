import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode, Suspense } from 'react'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'

interface PartProps {
  readonly title: string
  /** Shows nothing while its code is on its way. */
  readonly quiet?: boolean
  readonly children: ReactNode
}

/** A part of the page by itself: its fault stays inside, and its place is held while its code is on its way. */
export const Part = ({ title, quiet = false, children }: PartProps) => (
  <ErrorBoundary title={title}>
    <Suspense fallback={quiet ? null : <PanelSkeleton title={title} />}>{children}</Suspense>
  </ErrorBoundary>
)

/** A component whose code is loaded when it is first shown. */
export const loaded = <Props,>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> => lazy(async () => ({ default: await load() }))
