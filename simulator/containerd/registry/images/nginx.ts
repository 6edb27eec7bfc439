/** nginx's image: its configuration, its pages, logs that are the container's output. The entrypoint's script is left out. */
import type { ImageDeclaration } from '../index'
import { PATH, ROOTFS } from '../rootfs'

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

const images: readonly ImageDeclaration[] = [
  {
    names: ['docker.io/library/nginx:1.25', 'docker.io/library/nginx:latest'], created: '2024-04-16T00:00:00Z',
    config: { Env: [PATH, 'NGINX_VERSION=1.25.5'], Cmd: ['nginx', '-g', 'daemon off;'], ExposedPorts: { '80/tcp': {} }, StopSignal: 'SIGQUIT' },
    layers: [
      {
        ...ROOTFS,
        'etc/passwd': { text: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\nnginx:x:101:101:nginx user:/nonexistent:/bin/false\n' },
        'etc/group': { text: 'root:x:0:\nnogroup:x:65534:\nnginx:x:101:\n' },
        'var/run': { link: '/run' },
      },
      {
        'usr/sbin/nginx': { program: 'images/nginx', size: 1_240_000 }, 'usr/bin/curl': { program: 'curl/curl' }, 'etc/nginx/nginx.conf': { text: NGINX_CONF }, 'etc/nginx/conf.d/default.conf': { text: DEFAULT_CONF },
        'etc/nginx/mime.types': { text: MIME_TYPES }, 'usr/share/nginx/html/index.html': { text: WELCOME },
        'var/log/nginx/access.log': { link: '/dev/stdout' }, 'var/log/nginx/error.log': { link: '/dev/stderr' },
      },
    ],
  },
]

export default images
