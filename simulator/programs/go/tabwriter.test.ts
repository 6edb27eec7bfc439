import { describe, expect, it } from 'vitest'
import { tabulate } from './tabwriter'

const wide = { minWidth: 4, tabWidth: 8, padding: 4, padChar: ' ' } as const

describe('text/tabwriter', () => {
  it('pads a last column that ends in a tab, also when there is only a header', () => {
    expect(tabulate('CONTAINER\tIMAGE\tRUNTIME\t\n', wide)).toBe('CONTAINER    IMAGE    RUNTIME    \n')
  })
  it('leaves text after the last tab alone', () => {
    expect(tabulate('PID\tINFO\n12029\t-\n', { ...wide, minWidth: 1 })).toBe('PID      INFO\n12029    -\n')
  })
  it('pads with tabs', () => {
    const tabs = { minWidth: 1, tabWidth: 8, padding: 0, padChar: '\t' } as const
    expect(tabulate('DIGEST\tSIZE\tAGE\tLABELS\nsha256:0123\t580B\t3 minutes\tx\n', tabs)).toBe(
      'DIGEST\t\tSIZE\tAGE\t\tLABELS\nsha256:0123\t580B\t3 minutes\tx\n',
    )
  })
  it('starts new columns after a line without cells', () => {
    expect(tabulate('a\tb\nplain\nlonger\tb\n', { minWidth: 1, tabWidth: 8, padding: 2, padChar: ' ' })).toBe('a  b\nplain\nlonger  b\n')
  })
})
