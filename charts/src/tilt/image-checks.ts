import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { list, text } from '../json.ts'
import { podsOf } from '../resource.ts'
import { within } from './build-context.ts'
import { repository } from './facts.ts'
import type { ImageContent } from './image-content.ts'
import { appliedObjects, callsOf, type ImageBuild, imageBuilds, stringsOf } from './recording.ts'
import type { Call } from './run.ts'

const withoutTag = (image: string): string => image.replace(/:[^/]*$/, '')

/** The images that what is applied runs, and those that Helm's releases are given. */
const wantedImages = (calls: readonly Call[]): ReadonlySet<string> => {
  const containers = podsOf(appliedObjects(calls)).flatMap((pod) => list(pod.spec, 'containers'))
  const deployed = containers.map((container) => withoutTag(text(container, 'image')))
  const given = callsOf(calls, 'helm_resource').flatMap((call) => stringsOf(call['image_deps']))
  return new Set([...deployed, ...given])
}

/** Each image that runs is built once, and no other. */
export const imageNameProblems = (calls: readonly Call[]): readonly string[] => {
  const [wanted, built] = [wantedImages(calls), imageBuilds(calls).map(({ ref }) => ref)]
  return [
    ...[...wanted]
      .filter((ref) => !built.includes(ref))
      .map((ref) => `${ref} runs and is not built`),
    ...built.filter((ref) => !wanted.has(ref)).map((ref) => `${ref} is built and does not run`),
    ...built.filter((ref, at) => built.indexOf(ref) !== at).map((ref) => `${ref} is built twice`),
  ]
}

const manifestName = async (folder: string): Promise<string> => {
  const path = join(repository, folder, 'package.json')
  return existsSync(path) ? JSON.parse(await readFile(path, 'utf8')).name : ''
}

const sentPaths = async (): Promise<readonly string[]> => {
  const lines = (await readFile(join(repository, '.dockerignore'), 'utf8')).split('\n')
  return lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
}

/** The image is built from its workspace, by a stage that there is, and is sent all that it is made of. */
export const buildProblems = async (
  build: ImageBuild,
  content: ImageContent,
): Promise<readonly string[]> => {
  const { ref, app, context, only, target } = build
  const sent = await sentPaths()
  return [
    ...(context === '.' ? [] : [`${ref}: the context is ${context}`]),
    ...((await manifestName(app)) === `@${ref}` ? [] : [`${ref}: APP=${app} is another workspace`]),
    ...(content.stages.includes(target) ? [] : [`${ref}: there is no stage ${target}`]),
    ...only
      .filter((path) => !existsSync(join(repository, path)))
      .map((path) => `${ref}: there is no ${path}`),
    ...only
      .filter((path) => !within(path, sent))
      .map((path) => `${ref}: .dockerignore keeps ${path} out`),
    ...content.missing.map((path) => `${ref}: the build is not sent what ${path} is made of`),
  ]
}

const syncProblems = (build: ImageBuild, content: ImageContent): readonly string[] => {
  const places = build.syncs.map(({ local }) => local)
  const astray = build.syncs.filter(({ local, remote }) => content.locate(local) !== remote)
  const forgotten = content.sources.filter((path) => !within(path, places))
  const unsent = places.filter((path) => !within(path, build.only))
  return [
    ...astray.map(({ local, remote }) => `${local} is not ${remote} in the image`),
    ...forgotten.map((path) => `${path} is in the image and not updated`),
    ...unsent.map((path) => `${path} is not watched`),
  ]
}

const installing = (build: ImageBuild): readonly string[] => {
  const folders = build.syncs.map(({ local }) => local.split('/src')[0] ?? '')
  const manifests = folders.map((folder) => `${folder}/package.json`)
  return ['package-lock.json', ...manifests.filter((path) => existsSync(join(repository, path)))]
}

const fallBackProblems = ({ steps, fallBackOn, ...build }: ImageBuild): readonly string[] => {
  const forgotten = installing({ steps, fallBackOn, ...build }).filter(
    (path) => !fallBackOn.includes(path),
  )
  const unwatched = fallBackOn.filter((path) => !within(path, build.only))
  return [
    ...forgotten.map((path) => `a change of ${path} does not build anew`),
    ...unwatched.map((path) => `the fall-back ${path} is not watched`),
    ...(steps.lastIndexOf('fall_back_on') < steps.indexOf('sync') ? [] : ['the fall-back is late']),
  ]
}

/** Every source of the image is updated in place, at the path where the image has it; what is installed builds anew. */
export const liveUpdateProblems = (build: ImageBuild, content: ImageContent): readonly string[] => {
  if (build.target !== 'dev') {
    return build.syncs.length > 0 ? [`${build.ref}: only the target dev can be written to`] : []
  }
  const problems = [...syncProblems(build, content), ...fallBackProblems(build)]
  return problems.map((problem) => `${build.ref}: ${problem}`)
}
