export const loadJq = (): Promise<unknown> => Promise.reject(new Error('jq is not there yet'))
