/** /proc/crypto: the algorithms of the kernel (crypto/proc.c). A line is name, driver, priority, type and what this type tells besides. */
import { systemFile } from '../entry'

const ALGORITHMS = `
cbc(aes) cbc(ecb(aes-fixed-time)) 101 lskcipher;blocksize=16;min keysize=16;max keysize=32;ivsize=16;chunksize=16;statesize=0
ecb(aes) ecb(aes-fixed-time) 101 lskcipher;blocksize=16;min keysize=16;max keysize=32;ivsize=0;chunksize=16;statesize=0
ecdh-nist-p384 ecdh-nist-p384-generic 100 kpp
ecdh-nist-p256 ecdh-nist-p256-generic 100 kpp
ecdh-nist-p192 ecdh-nist-p192-generic 100 kpp
jitterentropy_rng jitterentropy_rng 100 rng;seedsize=0
stdrng drbg_nopr_hmac_sha512 217 rng;seedsize=0
stdrng drbg_nopr_hmac_sha256 216 rng;seedsize=0
stdrng drbg_nopr_hmac_sha384 215 rng;seedsize=0
stdrng drbg_nopr_sha256 214 rng;seedsize=0
stdrng drbg_nopr_sha512 213 rng;seedsize=0
stdrng drbg_nopr_sha384 212 rng;seedsize=0
stdrng drbg_nopr_ctr_aes256 211 rng;seedsize=0
stdrng drbg_nopr_ctr_aes192 210 rng;seedsize=0
stdrng drbg_nopr_ctr_aes128 209 rng;seedsize=0
stdrng drbg_pr_hmac_sha512 208 rng;seedsize=0
stdrng drbg_pr_hmac_sha256 207 rng;seedsize=0
stdrng drbg_pr_hmac_sha384 206 rng;seedsize=0
stdrng drbg_pr_sha256 205 rng;seedsize=0
stdrng drbg_pr_sha512 204 rng;seedsize=0
stdrng drbg_pr_sha384 203 rng;seedsize=0
stdrng drbg_pr_ctr_aes256 202 rng;seedsize=0
stdrng drbg_pr_ctr_aes192 201 rng;seedsize=0
stdrng drbg_pr_ctr_aes128 200 rng;seedsize=0
xxhash64 xxhash64-generic 100 shash;blocksize=32;digestsize=8
lzo-rle lzo-rle-scomp 0 scomp
lzo lzo-scomp 0 scomp
crc32c crc32c-lib 100 shash;blocksize=1;digestsize=4
deflate deflate-generic 0 acomp
aes aes-fixed-time 101 cipher;blocksize=16;min keysize=16;max keysize=32
aes aes-generic 100 cipher;blocksize=16;min keysize=16;max keysize=32
blake2b-512 blake2b-512-generic 100 shash;blocksize=128;digestsize=64
blake2b-384 blake2b-384-generic 100 shash;blocksize=128;digestsize=48
blake2b-256 blake2b-256-generic 100 shash;blocksize=128;digestsize=32
blake2b-160 blake2b-160-generic 100 shash;blocksize=128;digestsize=20
sha3-512 sha3-512-generic 0 shash;blocksize=72;digestsize=64
sha3-384 sha3-384-generic 0 shash;blocksize=104;digestsize=48
sha3-256 sha3-256-generic 0 shash;blocksize=136;digestsize=32
sha3-224 sha3-224-generic 0 shash;blocksize=144;digestsize=28
hmac(sha512) hmac-sha512-lib 300 shash;blocksize=128;digestsize=64
hmac(sha384) hmac-sha384-lib 300 shash;blocksize=128;digestsize=48
sha512 sha512-lib 300 shash;blocksize=128;digestsize=64
sha384 sha384-lib 300 shash;blocksize=128;digestsize=48
hmac(sha256) hmac-sha256-lib 300 shash;blocksize=64;digestsize=32
hmac(sha224) hmac-sha224-lib 300 shash;blocksize=64;digestsize=28
sha256 sha256-lib 300 shash;blocksize=64;digestsize=32
sha224 sha224-lib 300 shash;blocksize=64;digestsize=28
hmac(sha1) hmac-sha1-lib 300 shash;blocksize=64;digestsize=20
sha1 sha1-lib 300 shash;blocksize=64;digestsize=20
hmac(md5) hmac-md5-lib 300 shash;blocksize=64;digestsize=16
md5 md5-lib 300 shash;blocksize=64;digestsize=16
ecb(cipher_null) ecb-cipher_null 100 skcipher;async=no;blocksize=1;min keysize=0;max keysize=0;ivsize=0;chunksize=1;walksize=1;statesize=0
digest_null digest_null-generic 0 shash;blocksize=1;digestsize=0
cipher_null cipher_null-generic 0 cipher;blocksize=1;min keysize=0;max keysize=0
rsa rsa-generic 100 akcipher
dh dh-generic 100 kpp
`.trim().split('\n')

const row = (name: string, value: string): string => `${name.padEnd(12)} : ${value}\n`

const TEXT = ALGORITHMS.map((line) => {
  const [head = '', ...details] = line.split(';')
  const [name = '', driver = '', priority = '', type = ''] = head.split(' ')
  return (
    row('name', name) + row('driver', driver) + row('module', 'kernel') + row('priority', priority) + row('refcnt', '1') + row('selftest', 'passed') + row('internal', 'no') + row('type', type) +
    details.map((detail) => row(detail.slice(0, detail.indexOf('=')), detail.slice(detail.indexOf('=') + 1))).join('')
  )
}).join('\n')

export default systemFile(() => `${TEXT}\n`)
