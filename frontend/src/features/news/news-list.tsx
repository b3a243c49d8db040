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
  /** Words are searched for. */
  readonly searched: boolean
  readonly detailed: boolean
  readonly listeners: Held['listeners']
  readonly onClear: () => void
}

/** The headlines, newest first; arrows move between them. */
export const NewsList = (props: ListProps) => {
  const { stories, searched, detailed, listeners, onClear } = props
  const [read, mark] = useReadMarks()
  const [images] = useImages()
  if (stories.length === 0)
    return (
      <Message action={<Button onClick={onClear}>Show all headlines</Button>}>
        {searched
          ? 'No headline here has all of these words.'
          : 'There is no headline of this category at the moment.'}
      </Message>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div
      role="group"
      aria-label="Headlines"
      onKeyDown={moveByRowKeys}
      {...listeners}
      className="fade-bottom min-h-0 roomy:overflow-y-auto"
    >
      <ul className="-mb-px grid @4xl:grid-cols-2">
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
    </div>
  )
}
