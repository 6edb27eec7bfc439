/** Nothing should move by itself: what the student chose, else what the system says. */
export const still = (): boolean => document.documentElement.dataset.motion === 'none' || (document.documentElement.dataset.motion !== 'full' && matchMedia('(prefers-reduced-motion: reduce)').matches)
