/** The spec of a job of one container, as create job and create cronjob write it. */
export const jobTemplate = (name: string, image: string, command: readonly string[], restartPolicy: 'Never' | 'OnFailure') => ({
  template: { metadata: { creationTimestamp: null }, spec: { containers: [{ name, image, ...(command.length > 0 ? { command: [...command] } : {}), resources: {} }], restartPolicy } },
})
