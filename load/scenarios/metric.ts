/** The value of one series in a Prometheus text; 0 where it is not there. */
export const valueIn = (text: string, series: string): number => {
  const line = text.split('\n').find((l) => l.startsWith(`${series} `))
  return line === undefined ? 0 : Number(line.slice(series.length + 1))
}

/** The value of one series that a process exposes now, 0 where it is not there. */
export const metricOf = async (url: string, series: string): Promise<number> => {
  const answer = await fetch(url)
  return valueIn(await answer.text(), series)
}
