#!/bin/sh
# Makes the certificates of the tests: one authority, a server for localhost and 127.0.0.1, a server under a wrong name,
# a client, and a second authority that signed nothing. All for a hundred years; keys of P-256. Nothing secret: they are
# worth nothing outside these tests. Run it in this folder; it needs openssl 3.
set -eu
days=36500

authority() { # file, name
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days $days \
    -keyout "$1.key" -out "$1.pem" -subj "/CN=$2" -addext "basicConstraints=critical,CA:TRUE" 2>/dev/null
}

leaf() { # file, name, alternative names, usage
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$2" 2>/dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=%s\nbasicConstraints=CA:FALSE\n' "$3" "$4" > "$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days $days -extfile "$1.ext" -out "$1.pem" 2>/dev/null
  rm "$1.csr" "$1.ext"
}

authority ca "Test Authority"
authority other-ca "Another Authority"
leaf server "localhost" "DNS:localhost,IP:127.0.0.1" serverAuth
leaf wrong-name "elsewhere.test" "DNS:elsewhere.test" serverAuth
leaf client "test-client" "DNS:client.test" clientAuth
rm -f ca.srl ca.key other-ca.key
