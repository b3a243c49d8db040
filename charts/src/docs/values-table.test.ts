import { describe, expect, it } from 'vitest'
import { valuesOf } from '../values.ts'
import { valuesTable, withTable } from './values-table.ts'

const source = `# About the file, no value.
# -- How many.
replicas: 2
image:
  # -- Where from,
  # and by which name.
  repository: "a/b"
  tag: ""
# -- What it may take.
resources:
  requests: { cpu: 50m }
list: []
`

const schema = {
  properties: {
    replicas: { type: 'integer' },
    image: { $ref: '#/$defs/image' },
    list: { type: ['array', 'null'] },
  },
  $defs: { image: { properties: { tag: { enum: ['a', 'b'] } } } },
}

describe('the table of values', () => {
  it('has a row for what has a sentence and for every other leaf', () => {
    expect(valuesOf(source).map(({ path, help }) => [path.join('.'), help])).toEqual([
      ['replicas', 'How many.'],
      ['image.repository', 'Where from, and by which name.'],
      ['image.tag', ''],
      ['resources', 'What it may take.'],
      ['list', ''],
    ])
  })

  it('says type and default', () => {
    const rows = valuesTable(source, schema)
    expect(rows).toContain('| `replicas` | integer | `2` | How many. |')
    expect(rows).toContain('| `image.tag` | `a`, `b` | – |  |')
    expect(rows).toContain(
      '| `resources` | any | `{"requests":{"cpu":"50m"}}` | What it may take. |',
    )
    expect(rows).toContain('| `list` | array or null | `[]` |  |')
  })

  it('stands between its marks and replaces what was there', () => {
    const readme = 'a\n<!-- values:begin -->\nold\n<!-- values:end -->\nb\n'
    const once = withTable(readme, 'new')
    expect(once).toBe('a\n<!-- values:begin -->\n\nnew\n\n<!-- values:end -->\nb\n')
    expect(withTable(once, 'new')).toBe(once)
    expect(() => withTable('a', 'new')).toThrow('values:begin')
  })
})
