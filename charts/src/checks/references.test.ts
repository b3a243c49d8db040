import { describe, expect, it } from 'vitest'
import { parseResources } from '../resource.ts'
import { referenceFaults } from './references.ts'
import { faultless, spoilt } from './sample.ts'

const external = { 'web-key': ['key'] }

describe('references', () => {
  it('find everything that a sound application names', () => {
    expect(referenceFaults(parseResources(faultless), external)).toEqual([])
  })

  it.each([
    ['secretName: web-key', 'secretName: wob-key', 'nobody makes Secret/wob-key'],
    ['name: web, key: mode', 'name: web, key: pace', 'nobody makes ConfigMap/web pace'],
    ['name: web, key: mode', 'name: wob, key: mode', 'nobody makes ConfigMap/wob mode'],
    ['serviceAccountName: web', 'serviceAccountName: wob', 'nobody makes ServiceAccount/wob'],
    ['volumeMounts: [{ name: key,', 'volumeMounts: [{ name: keys,', 'mounts no volume: keys'],
    ['volumeMounts: [{ name: key,', 'volumeMounts: [{ name: keys,', 'nobody mounts key'],
    ['/var/run/web/key', '/var/run/web/kee', 'KEY_FILE is no file that is mounted'],
    ['/var/run/web/key', '/var/run/wob/key', 'KEY_FILE is no file that is mounted'],
    [
      'volumes: [',
      'imagePullSecrets: [{ name: pull }]\n      volumes: [',
      'nobody makes Secret/pull',
    ],
    [
      'secret: { secretName: web-key }',
      'persistentVolumeClaim: { claimName: disk }',
      'PersistentVolumeClaim/disk',
    ],
  ])('see %s turned into %s', (from, to, fault) => {
    expect(referenceFaults(spoilt(from, to), external).join('\n')).toContain(fault)
  })

  it('know a key by the name of its file', () => {
    const renamed = (key: string, path: string) =>
      referenceFaults(
        spoilt(
          'secretName: web-key',
          `secretName: web-key, items: [{ key: ${key}, path: ${path} }]`,
        ),
        external,
      )
    expect(renamed('key', 'key')).toEqual([])
    expect(renamed('kee', 'key').join()).toContain('nobody makes Secret/web-key kee')
    expect(renamed('key', 'kee').join()).toContain('KEY_FILE is no file')
  })

  it('leave alone what is optional', () => {
    const optional = 'name: elsewhere, key: mode, optional: true'
    expect(referenceFaults(spoilt('name: web, key: mode', optional), external)).toEqual([])
  })
})
