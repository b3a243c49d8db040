// Inside an image build: node scripts/src/images/assemble.ts APP TARGET
// Copies the sources of the workspace in folder APP and of ours that it needs, at the paths they have in the repository.
import { copyFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { closureOf, readWorkspaces } from './workspaces.ts'

const [app = '', target = ''] = process.argv.slice(2)

for (const { folder } of closureOf(readWorkspaces('.'), app)) {
  for (const part of ['package.json', 'src']) {
    cpSync(join(folder, part), join(target, folder, part), { recursive: true })
  }
}
copyFileSync('LICENSE', join(target, 'LICENSE'))
