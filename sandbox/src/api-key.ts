/** What a key is worth: every key is good but one that says that it is not. */
export const keyState = (key: string | null | undefined): 'missing' | 'wrong' | 'good' => {
  if (key === null || key === undefined || key === '') return 'missing'
  return /wrong|invalid/i.test(key) ? 'wrong' : 'good'
}
