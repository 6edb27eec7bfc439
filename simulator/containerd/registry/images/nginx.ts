/**
 * nginx's image, Debian's variant: its configuration, its pages, logs that are the container's output, and an entrypoint that takes the same steps
 * with the same words as the real one (nginxinc/docker-nginx, mainline/debian); the scripts themselves are the lab's own, and need nothing but their
 * shell: every page that shows a node boots a few of these, and would load what else they ran.
 */
import { DEBIAN, GROUP, PASSWD } from '../debian'
import type { ImageDeclaration, LayerFile } from '../index'
import { PATH } from '../rootfs'

const NGINX_CONF = `user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /var/run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`

const DEFAULT_CONF = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`

const MIME_TYPES = `
types {
    text/html                                        html htm shtml;
    text/css                                         css;
    text/xml                                         xml;
    image/gif                                        gif;
    image/jpeg                                       jpeg jpg;
    application/javascript                           js;
    text/plain                                       txt;
    image/png                                        png;
    image/svg+xml                                    svg svgz;
    image/x-icon                                     ico;
    application/json                                 json;
    application/pdf                                  pdf;
    application/zip                                  zip;
}
`

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

const ENTRYPOINT = `#!/bin/sh
# Prepares nginx by the scripts of /docker-entrypoint.d, then becomes what it was told to run.
set -e

log() {
    [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$@"
}

prepare() (
    set -- /docker-entrypoint.d/*
    if [ ! -f "$1" ]; then
        log "$0: No files found in /docker-entrypoint.d/, skipping configuration"
        exit 0
    fi
    log "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"
    log "$0: Looking for shell scripts in /docker-entrypoint.d/"
    for script; do
        case "$script" in
            *.envsh | *.sh)
                if [ ! -x "$script" ]; then
                    log "$0: Ignoring $script, not executable"
                elif [ "\${script%.envsh}" = "$script" ]; then
                    log "$0: Launching $script"
                    "$script"
                else
                    log "$0: Sourcing $script"
                    . "$script"
                fi
                ;;
            *) log "$0: Ignoring $script" ;;
        esac
    done
    log "$0: Configuration complete; ready for start up"
)

case "$1" in
    nginx | nginx-debug) prepare ;;
esac
exec "$@"
`

const LISTEN_ON_IPV6 = `#!/bin/sh
# Where the kernel has IPv6, the configuration as packaged listens there too.
set -e
conf=/etc/nginx/conf.d/default.conf
packaged='${DEFAULT_CONF}'

log() {
    [ -n "\${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "\${0##*/}: info: $*"
}
leave() {
    log "$@"
    exit 0
}

[ -f /proc/net/if_inet6 ] || leave "ipv6 not available"
[ -f $conf ] || leave "$conf is not a file or does not exist"
[ -w $conf ] || leave "can not modify $conf (read-only file system?)"
text=
while IFS= read -r line; do
    text="$text$line
"
done < $conf
case "$text" in
    *'listen  [::]:80;'*) leave "IPv6 listen already enabled" ;;
esac
log "Getting the checksum of $conf"
[ "$text" = "$packaged" ] || leave "$conf differs from the packaged version"
echo -n "\${text%%80;*}80;
    listen  [::]:80;\${text#*80;}" > $conf
log "Enabled listen on IPv6 in $conf"
`

const LOCAL_RESOLVERS = `# Exports the name servers of /etc/resolv.conf where NGINX_ENTRYPOINT_LOCAL_RESOLVERS asks for them.
set -eu
if [ -n "\${NGINX_ENTRYPOINT_LOCAL_RESOLVERS:-}" ]; then
    NGINX_LOCAL_RESOLVERS=$(sed -nE 's/^nameserver[[:space:]]+(.*:.*)/[\\1]/p;t;s/^nameserver[[:space:]]+//p' /etc/resolv.conf | tr '\\n' ' ')
    export NGINX_LOCAL_RESOLVERS
fi
`

/** `envsubst` and the tuning of the workers' number: nothing to do by default, and said where somebody asks for it. */
const refusing = (asked: string, what: string): string => `#!/bin/sh
if ${asked}; then
    echo "\${0##*/}: not simulated in this lab: ${what}" >&2
    exit 125
fi
`

const script = (text: string): LayerFile => ({ text, mode: 0o755 })

const images: readonly ImageDeclaration[] = [
  {
    names: ['docker.io/library/nginx:1.25', 'docker.io/library/nginx:latest'], created: '2024-04-16T00:00:00Z',
    config: {
      ExposedPorts: { '80/tcp': {} }, Env: [PATH, 'NGINX_VERSION=1.25.5', 'NJS_VERSION=0.8.4', 'NJS_RELEASE=3~bookworm', 'PKG_RELEASE=1~bookworm'], Entrypoint: ['/docker-entrypoint.sh'], Cmd: ['nginx', '-g', 'daemon off;'],
      StopSignal: 'SIGQUIT',
    },
    layers: [
      DEBIAN,
      {
        'etc/passwd': { text: `${PASSWD}nginx:x:101:101:nginx user:/nonexistent:/bin/false\n` }, 'etc/group': { text: `${GROUP}nginx:x:101:\n` },
        'usr/sbin/nginx': { program: 'images/nginx', size: 1_240_000 }, 'usr/bin/curl': { program: 'curl/curl' }, 'etc/nginx/nginx.conf': { text: NGINX_CONF }, 'etc/nginx/conf.d/default.conf': { text: DEFAULT_CONF },
        'etc/nginx/mime.types': { text: MIME_TYPES }, 'usr/share/nginx/html/index.html': { text: WELCOME },
        'var/cache/nginx': { directory: 0o755 }, 'var/log/nginx/access.log': { link: '/dev/stdout' }, 'var/log/nginx/error.log': { link: '/dev/stderr' },
      },
      {
        'docker-entrypoint.sh': script(ENTRYPOINT), 'docker-entrypoint.d/10-listen-on-ipv6-by-default.sh': script(LISTEN_ON_IPV6), 'docker-entrypoint.d/15-local-resolvers.envsh': script(LOCAL_RESOLVERS),
        'docker-entrypoint.d/20-envsubst-on-templates.sh': script(refusing('[ -d "${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}" ]', 'templates')),
        'docker-entrypoint.d/30-tune-worker-processes.sh': script(refusing('[ -n "${NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE:-}" ]', 'NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE')),
      },
    ],
  },
]

export default images
