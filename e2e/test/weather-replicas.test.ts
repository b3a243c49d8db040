import { type Stack, startStack } from '@flux/scripts/stack'
import { type Checker, eventually, openChecker } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const cities = ['oslo-no', 'bergen-no', 'stockholm-se', 'helsinki-fi', 'berlin-de', 'hamburg-de']
const more = ['munich-de', 'vienna-at', 'prague-cz', 'warsaw-pl', 'madrid-es', 'lisbon-pt']

describe('three replicas of weather-service', () => {
  let stack: Stack
  let checker: Checker

  const has = (place: string) => checker.client.read('weather', place)?.value.current != null

  beforeAll(async () => {
    stack = await startStack({
      services: { weather: 3 },
      env: { bff: { NEW_DEMAND_PER_USER: '1000', NEW_DEMAND_PER_ADDRESS: '1000' } },
    })
    checker = openChecker(
      stack.url,
      cities.map((place) => `weather.${place}`),
    )
  })

  afterAll(async () => {
    checker?.close()
    await stack?.close()
  })

  it('share the commands, and lose none of them when one is killed', async () => {
    await eventually('the weather of all cities', () => cities.every(has), 60_000)
    const leave = more.map((place) => checker.client.want(`weather.${place}`))
    await stack.services.weather[0]?.kill('SIGKILL')
    await eventually('the weather of the others', () => more.every(has), 60_000)
    expect(checker.faults()).toEqual([])
    for (const off of leave) off()
  })
})
