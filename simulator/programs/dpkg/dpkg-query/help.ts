/** What dpkg-query of Debian 12 prints when it is asked for help or its version. */
export const HELP = `Usage: dpkg-query [<option>...] <command>

Commands:
  -s, --status [<package>...]      Display package status details.
  -p, --print-avail [<package>...] Display available version details.
  -L, --listfiles <package>...     List files 'owned' by package(s).
  -l, --list [<pattern>...]        List packages concisely.
  -W, --show [<pattern>...]        Show information on package(s).
  -S, --search <pattern>...        Find package(s) owning file(s).
      --control-list <package>     Print the package control file list.
      --control-show <package> <file>
                                   Show the package control file.
  -c, --control-path <package> [<file>]
                                   Print path for package control file.

  -?, --help                       Show this help message.
      --version                    Show the version.

Options:
  --admindir=<directory>           Use <directory> instead of /var/lib/dpkg.
  --root=<directory>               Use <directory> instead of /.
  --load-avail                     Use available file on --show and --list.
  --no-pager                       Disables the use of any pager.
  -f|--showformat=<format>         Use alternative format for --show.

Format syntax:
  A format is a string that will be output for each package. The format
  can include the standard escape sequences \\n (newline), \\r (carriage
  return) or \\\\ (plain backslash). Package information can be included
  by inserting variable references to package fields using the \${var[;width]}
  syntax. Fields will be right-aligned unless the width is negative in which
  case left alignment will be used.
`

export const VERSION = `Debian dpkg-query package management program query tool version 1.21.22 (amd64).
This is free software; see the GNU General Public License version 2 or
later for copying conditions. There is NO warranty.
`
