import { Component, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { formatTime } from './format.ts'
import { Message } from './message.tsx'
import { useReadNow } from './now.tsx'
import { Panel } from './panel.tsx'

interface BoundaryProps {
  readonly title: string
  readonly children: ReactNode
}

const Failure = ({ title, onRetry }: { title: string; onRetry: () => void }) => {
  const readNow = useReadNow()
  const [since] = useState(readNow)
  return (
    <Panel title={title}>
      <Message action={<Button onClick={onRetry}>Show it again</Button>}>
        This panel could not be drawn at {formatTime(since)}. The rest of the page goes on, and so
        does its data.
      </Message>
    </Panel>
  )
}

/** Keeps a fault inside one panel: the others go on, this one says so and can be tried again. */
export class ErrorBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  readonly retry = (): void => this.setState({ failed: false })

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return <Failure title={this.props.title} onRetry={this.retry} />
  }
}
