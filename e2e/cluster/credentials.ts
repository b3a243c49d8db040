import { topics } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { tryToWrite } from '../src/cluster/kafka-write.ts'
import { say } from '../src/cluster/run.ts'

/** What a credential must not do. */
export const credentials = (cluster: Cluster) =>
  describe('the credential of weather-service', () => {
    it('writes the weather, and no topic of another domain', async () => {
      const foreign = topics
        .map(({ topic }) => topic)
        .filter((topic) => /^(crypto|stock|news)\./.test(topic))
      const own = 'weather.service.event.updated'
      const answers = await tryToWrite(cluster, 'flux-weather-service', [own, ...foreign])
      for (const [topic, answer] of answers) say(`${topic}: ${answer}`)
      expect(answers.get(own)).toBe('written')
      for (const topic of foreign) expect(answers.get(topic)).toBe('TOPIC_AUTHORIZATION_FAILED')
    })
  })
