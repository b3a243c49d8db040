import type { ReactNode } from 'react'
import { Panel } from '../ui/panel.tsx'
import { PanelFooter } from './panel-footer.tsx'
import { isFaded, type PanelState, showsContent } from './state.ts'
import { type PanelWords, StateWords } from './state-words.tsx'
import type { Feed } from './use-feed.ts'

interface DataPanelProps {
  readonly title: string
  readonly feed: Feed
  readonly words: PanelWords
  /** Bars of the content's real geometry. */
  readonly skeleton: ReactNode
  /** Beside the title. */
  readonly aside?: ReactNode
  /** In the footer instead of the providers' names. */
  readonly source?: ReactNode
  /** Between heading and content in every state: tabs, a search. */
  readonly tools?: ReactNode
  readonly children: ReactNode
}

const WaitingWords = ({ state, words }: { state: PanelState; words: PanelWords }) => (
  <p
    className={`absolute inset-x-3 top-2 rounded-md bg-surface py-1 text-12 text-muted md:inset-x-4 ${state.kind === 'waiting' ? '' : 'appear-after-3000'}`}
  >
    {state.kind === 'waiting'
      ? `Not connected. The ${words.subject} appear as soon as the server answers.`
      : (words.waiting ??
        `Waiting for the first ${words.subject}. The server has not sent any yet.`)}
  </p>
)

const Waiting = ({
  state,
  words,
  skeleton,
}: Pick<DataPanelProps, 'words' | 'skeleton'> & { state: PanelState }) => (
  <div className="relative min-h-0 overflow-hidden">
    <div aria-hidden="true" className="appear-after-300">
      {skeleton}
    </div>
    <WaitingWords state={state} words={words} />
  </div>
)

const Content = ({ feed, words, skeleton, children }: Omit<DataPanelProps, 'title'>) => {
  const { state, retry } = feed
  if (showsContent(state)) return children
  if (state.kind === 'loading' || state.kind === 'waiting')
    return <Waiting state={state} words={words} skeleton={skeleton} />
  return <StateWords state={state} words={words} retry={retry} />
}

/** The frame that all panels on live data share: heading, content or the words that stand for it, footer. */
export const DataPanel = (props: DataPanelProps) => {
  const { title, feed, aside, source, tools } = props
  return (
    <div
      data-state={feed.state.kind}
      className={`@container flex min-h-0 flex-col ${isFaded(feed.state) ? 'faded' : ''}`}
    >
      <Panel
        title={title}
        aside={aside}
        busy={feed.state.kind === 'loading'}
        footer={<PanelFooter facts={feed.footer} source={source} />}
      >
        {tools}
        <Content {...props} />
      </Panel>
    </div>
  )
}
