/** What the checks must say when a part of the Tiltfile becomes another. */
export type Fault = readonly [problem: string, from: string, to: string]

const anyProvider: readonly Fault[] = [
  [
    'the current context is',
    "CONTEXT = 'kind-' + os.getenv('KIND_CLUSTER', 'flux')",
    "CONTEXT = 'x'",
  ],
  [
    'the contexts are kind-flux,x',
    'allow_k8s_contexts(CONTEXT)',
    "allow_k8s_contexts([CONTEXT, 'x'])",
  ],
  ['any version of Tilt', "constraint='>=0.35.0'", ''],
  ['no deadline', "timeout='20m', ", "timeout='', "],
  ['unexpected keyword argument', 'live_update=', 'live_updates='],
  ['frontend/src is not /srv/frontend/src', "'/app/' + path", "'/srv/' + path"],
  ['is in the image and not updated', "'src', 'public', ", "'src', "],
  ['is in the image and not updated', "present(needed, ['src'", "present([folder], ['src'"],
  [
    'package-lock.json does not build anew',
    'fall_back_on(INSTALLED +',
    "fall_back_on(['.npmrc'] +",
  ],
  ['runtime/package.json does not build anew', "['package.json', 'vite", "['vite"],
  ['Makefile is not watched', "'vite.config.ts']))]", "'vite.config.ts']) + ['Makefile'])]"],
  ['there is no .yarnrc', "'.npmrc'", "'.yarnrc'"],
  ['.dockerignore keeps scripts/src out', "'scripts/src/images'", "'scripts/src'"],
  ['is not sent what /app/LICENSE', "'LICENSE', ", ''],
  ['is not sent what tsconfig.base.json', "'tsconfig.base.json', ", ''],
  ['is not sent what /app/packages/runtime/', '+ BUILD + needed', '+ BUILD + [folder]'],
  ['there is no stage develop', "'dev' if", "'develop' if"],
  ['only the target dev can be written to', "'dev' if live", "'runtime' if live"],
  ['APP=bff is another workspace', "{'APP': folder}", "{'APP': 'bff'}"],
  ['sandbox runs and is not built', "ref.startswith('flux/')", "ref == 'flux/bff'"],
  ['anew after every change', "k8s_resource('flux-infra', trigger_mode=TRIGGER_MODE_MANUAL)", ''],
  ['all builds stand still', "allow_parallel=True, labels=['infra']", "labels=['infra']"],
  ['waits for ever', ' --timeout=300s', ''],
  ['kafka-ready does not wait for flux-infra', 'resource_deps=[after]', 'resource_deps=[]'],
  ['waits for secret, which is not there', "['namespace', 'secrets']", "['namespace', 'secret']"],
  ['bff does not wait for kafka-ready', "['kafka-ready'] if", '[] if'],
  ['does not wait for flux-objects', "['flux-objects'] +", '[] +'],
  [
    'configmap is in no group',
    "['Deployment', 'Service']",
    "['Deployment', 'Service', 'ConfigMap']",
  ],
  ['is nothing to group', "['Deployment', 'Service']", "['Deployment']"],
  ['loses its Pod Security labels', "kind='^Namespace$'", "kind='^None$'"],
  ['port 19464 is taken twice', '19464 + place', '19464'],
  ['got int and float, want int', 'int(port)', 'port'],
  ['has no such port', '19464 + place, int(port),', '19464 + place, 80,'],
  ['scripts/secret.sh', "['scripts/secrets.sh'],\n    env", "['scripts/secret.sh'],\n    env"],
  ['load/k6/smokes.js', 'load/k6/smoke.js', 'load/k6/smokes.js'],
  ['make charter', "'chart', ", "'charter', "],
]

/** Faults by the provider with which they show. */
export const faults: Readonly<Record<'strimzi' | 'standalone', readonly Fault[]>> = {
  strimzi: [
    ...anyProvider,
    ['flux/cli runs and is not built', 'image_deps=[] if', "image_deps=['flux/cli'] if"],
    ['the definition kafkausers', ", 'kafkausers']", ']'],
    ['there is no crd/kafkausrs', "'kafkausers'", "'kafkausrs'"],
    [
      'strimzi does not wait for namespace',
      "resource_deps=['namespace'],\n        labels",
      'labels',
    ],
    ['there is no kafka/fluxx', 'wait kafka/flux ', 'wait kafka/fluxx '],
    [
      'a kafka is never Complete',
      'kafka/flux --for=condition=Ready',
      'kafka/flux --for=condition=Complete',
    ],
    ['no kafkatopic has the label', 'strimzi.io/cluster=flux', 'strimzi.io/cluster=blue'],
    ['flux-infra does not wait for crds-ready', "['secrets', 'crds-ready']", "['secrets']"],
  ],
  standalone: [
    ['flux/cli is built and does not run', "else ['flux/cli']", 'else []'],
    ['there is no statefulset/kafka', 'statefulset/flux-kafka', 'statefulset/kafka'],
    ['no job has the label', 'component=kafka-setup', 'component=setup'],
    ['names no namespace', 'kubectl -n flux wait job', 'kubectl wait job'],
    ['flux-infra does not wait for secrets', "else ['secrets']", 'else []'],
  ],
}
