import { memo, useState } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { isFitPicture } from './model.ts'

/** A story's picture, 96 pixels at its side. Its place stays the same while it loads and when it cannot be had. */
export const StoryImage = memo(({ url }: { url: string }) => {
  const [missing, setMissing] = useState(false)
  return (
    <span className="grid h-14 w-24 shrink-0 place-items-center overflow-hidden rounded-md bg-raised text-faint">
      {missing ? (
        <Icon name="news" />
      ) : (
        <img
          src={url}
          alt=""
          width={96}
          height={56}
          loading="lazy"
          decoding="async"
          fetchPriority="low"
          referrerPolicy="no-referrer"
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setMissing(!isFitPicture(naturalWidth, naturalHeight))
          }
          onError={() => setMissing(true)}
          className="size-full object-cover"
        />
      )}
    </span>
  )
})
