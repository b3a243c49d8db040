/**
 * Tells how many milliseconds pass until the next frame is painted, which shows what has changed by now; nothing where the
 * page is hidden and paints no frames. Returns what cancels it.
 */
export const measurePaint = (done: (ms: number) => void): (() => void) => {
  if (document.hidden) return () => {}
  const from = performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    // The first task after a frame runs when the frame is painted.
    timer = setTimeout(() => {
      if (!document.hidden) done(performance.now() - from)
    })
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
