import { useState } from 'react'
import { useImages } from '../../ui/use-images.ts'

/** A coin's own sign, where pictures of other sites are wanted and this one comes. */
export const CoinLogo = ({ url }: { url: string | null | undefined }) => {
  const [allowed] = useImages()
  const [failed, setFailed] = useState<string>()
  if (!allowed || !url || failed === url) return null
  return (
    <img
      src={url}
      alt=""
      width={32}
      height={32}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      onError={() => setFailed(url)}
      className="size-8 shrink-0 rounded-full"
    />
  )
}
