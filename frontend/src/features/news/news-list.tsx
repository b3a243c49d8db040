import { Link } from '../../routing/link.tsx'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { moveByRowKeys } from '../../ui/row-keys.ts'
import type { Held } from '../../ui/use-held.ts'
import { useImages } from '../../ui/use-images.ts'
import type { Story } from './model.ts'
import { StoryCard } from './story-card.tsx'
import { useReadMarks } from './use-read-marks.ts'

interface ListProps {
  readonly stories: readonly Story[]
  /** How many newer ones wait until nobody is at the list. */
  readonly waiting: number
  /** Words are searched for. */
  readonly searched: boolean
  /** With summaries. */
  readonly detailed: boolean
  readonly listeners: Held['listeners']
  readonly onRelease: () => void
  readonly onClear: () => void
}

const Newer = ({ waiting, onRelease }: Pick<ListProps, 'waiting' | 'onRelease'>) => (
  <div className="sticky top-2 z-10 flex h-0 justify-center">
    <span className="rounded-md shadow-float">
      <Button onClick={onRelease}>Show {waiting} newer</Button>
    </span>
  </div>
)

const NothingFound = ({ searched, onClear }: Pick<ListProps, 'searched' | 'onClear'>) => (
  <Message action={<Button onClick={onClear}>Show all headlines</Button>}>
    {searched
      ? 'No headline here has all of these words.'
      : 'There is no headline of this category at the moment.'}
  </Message>
)

/** On phones the overview shows the first few only. */
const AllHeadlines = () => (
  <Link
    to="/news"
    className="hidden min-h-11 items-center border-t border-line px-3 text-accent max-md:in-[.overview]:flex"
  >
    All headlines
  </Link>
)

const Stories = ({ stories, detailed }: Pick<ListProps, 'stories' | 'detailed'>) => {
  const [read, mark] = useReadMarks()
  const [images] = useImages()
  return (
    <ul className="grid grid-cols-1 @4xl:grid-cols-2">
      {stories.map((story) => (
        <StoryCard
          key={story.id}
          story={story}
          read={read.has(story.id)}
          images={images}
          detailed={detailed}
          onRead={mark}
        />
      ))}
    </ul>
  )
}

/** The headlines, newest first; arrows move between them. */
export const NewsList = (props: ListProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
  <div
    role="group"
    aria-label="Headlines"
    onKeyDown={moveByRowKeys}
    {...props.listeners}
    className="fade-bottom min-h-0 roomy:overflow-y-auto"
  >
    {props.waiting > 0 && <Newer {...props} />}
    {props.stories.length === 0 ? <NothingFound {...props} /> : <Stories {...props} />}
    {!props.detailed && <AllHeadlines />}
  </div>
)
