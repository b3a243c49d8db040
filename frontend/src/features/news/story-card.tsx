import { memo } from 'react'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { formatTime } from '../../ui/format.ts'
import { categoryLabel, formatAgo, type Story } from './model.ts'
import { StoryImage } from './story-image.tsx'

const Ago = ({ at }: { at: number }) => {
  const ago = useServerTime((now) => formatAgo(now - at))
  return (
    <time dateTime={new Date(at).toISOString()} title={formatTime(at)}>
      {ago}
    </time>
  )
}

interface CardProps {
  readonly story: Story
  readonly read: boolean
  /** Pictures of other sites may be shown. */
  readonly images: boolean
  /** With summary and category, where there is room. */
  readonly detailed: boolean
  readonly onRead: (id: string) => void
}

const Facts = ({ story, read, detailed }: Pick<CardProps, 'story' | 'read' | 'detailed'>) => (
  <p className="mt-1 truncate text-12 text-muted">
    {read && <span className="sr-only">Read. </span>}
    <bdi>{story.source}</bdi>
    <span aria-hidden="true"> · </span>
    <Ago at={story.publishedAt} />
    {detailed && (
      <>
        <span aria-hidden="true"> · </span>
        {categoryLabel(story.category)}
      </>
    )}
  </p>
)

/** A headline that opens its story beside the page; read ones fade. */
export const StoryCard = memo(({ story, read, images, detailed, onRead }: CardProps) => {
  const mark = () => onRead(story.id)
  return (
    <li
      data-row={story.id}
      data-testid="story"
      data-read={read}
      className={`relative flex gap-3 border-b border-line px-3 last:border-b-0 hover:bg-raised md:px-4 ${detailed ? 'py-2.5' : 'py-2 max-md:in-[.overview]:nth-[n+9]:hidden'}`}
    >
      <div className="min-w-0 flex-1">
        <h3 className="leading-snug">
          <a
            href={story.url}
            target="_blank"
            rel="noreferrer noopener"
            onClick={mark}
            // The middle button opens the story too, the right one does not.
            onAuxClick={({ button }) => button === 1 && mark()}
            className={`block rounded-sm -outline-offset-2 after:absolute after:inset-0 ${read ? 'text-muted' : 'font-medium text-text'}`}
          >
            {/* The direction is that of the headline's first letter. */}
            <span
              dir="auto"
              className={`text-start wrap-anywhere ${detailed ? 'block' : 'line-clamp-2'}`}
            >
              {story.title}
            </span>
          </a>
        </h3>
        {detailed && story.summary !== null && (
          <p dir="auto" className="mt-1 line-clamp-2 text-start text-12 wrap-anywhere text-muted">
            {story.summary}
          </p>
        )}
        <Facts story={story} read={read} detailed={detailed} />
      </div>
      {images && story.imageUrl !== null && (
        <StoryImage key={story.imageUrl} url={story.imageUrl} />
      )}
    </li>
  )
})
