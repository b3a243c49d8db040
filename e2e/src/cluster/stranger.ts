import type { Cluster } from './cluster.ts'

const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
}

const manifest = (name: string, image: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: {
      ...{ runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    },
    containers: [
      {
        ...{ name, image, imagePullPolicy: 'IfNotPresent', securityContext: restricted },
        command: ['node', '-e', 'setInterval(() => 0, 1e6)'],
        resources: { requests: { cpu: '5m', memory: '32Mi' }, limits: { memory: '64Mi' } },
      },
    ],
  },
})

/** Runs a pod that belongs to nobody: no label of ours. Returns its name; `remove` ends it. */
export const runStranger = async (cluster: Cluster, image: string) => {
  const name = 'stranger'
  await cluster.kubectlWith({ input: JSON.stringify(manifest(name, image)) }, 'apply', '-f', '-')
  await cluster.kubectl('wait', `pod/${name}`, '--for=condition=Ready', '--timeout=60s')
  const remove = () => cluster.kubectl('delete', 'pod', name, '--ignore-not-found', '--now')
  return { name, remove }
}
