/** What `-V` of the programs of PSmisc 23.6 prints (to standard error). */
export const versionText = (name: string, years: string): string =>
  `${name} (PSmisc) 23.6\nCopyright (C) ${years} Werner Almesberger and Craig Small\n\nPSmisc comes with ABSOLUTELY NO WARRANTY.\n` +
  'This is free software, and you are welcome to redistribute it under\nthe terms of the GNU General Public License.\n' +
  'For more information about these matters, see the files named COPYING.\n'
