#!/usr/bin/env bash
# Starts a real Kubernetes with one node on loopback: etcd, API server, controllers, scheduler, and a kubelet with containerd; without systemd.
#   up.sh            starts it, if its programs are built; needs root; 20 s
#   up.sh --build    builds its programs from Debian's source package first (about 10 minutes, once)
# Everything lives under K8S_HOME (default ~/.cache/flowgen-k8s); down.sh stops it. When it answers, K8S_HOME/run/env has what clients need:  . env  sets KUBECONFIG.
# Does nothing if it answers already. There is no network of pods: they must have hostNetwork, and images must be imported:
#   ctr -a K8S_HOME/run/containerd.sock -n k8s.io images import IMAGE.tar
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=$(realpath -m "${K8S_HOME:-$HOME/.cache/flowgen-k8s}")
run=$home/run log=$home/run/log
export KUBECONFIG=$run/kubeconfig

programs="kube-apiserver kube-controller-manager kube-scheduler kubelet"
built() { for program in $programs; do [ -x "$home/$program" ] || return 1; done; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" > /dev/null; }
ask() { curl -sfk --max-time 2 -H "Authorization: Bearer admin-token" "https://127.0.0.1:16443$1"; }

build() {
    local source
    source=$(mktemp -d)
    apt-get update -qq
    install golang-go jq rsync dpkg-dev make gcc libc6-dev
    (
        cd "$source"
        sed 's/^Types: deb$/Types: deb-src/' /etc/apt/sources.list.d/debian.sources > debian-src.sources
        apt-get update -qq -o Dir::Etc::sourcelist="$PWD/debian-src.sources" -o Dir::Etc::sourceparts=-
        apt-get source -qq --download-only -o Dir::Etc::sourcelist="$PWD/debian-src.sources" -o Dir::Etc::sourceparts=- kubernetes
        dpkg-source -x kubernetes_*.dsc k8s > /dev/null
        cd k8s
        export GOPATH=$PWD/.go HOME=$source CGO_ENABLED=0
        mkdir -p .go/src/k8s.io
        ln -sfn ../../.. .go/src/k8s.io/kubernetes
        # The vendored reflect2 calls a function of Go's runtime as it was before Go 1.18; since then it writes through a pointer that is not given, and programs crash now and then.
        (
            cd vendor/github.com/modern-go/reflect2
            sed -i 's/^func mapiterinit(rtype unsafe.Pointer, m unsafe.Pointer) \*hiter/func mapiterinit(rtype unsafe.Pointer, m unsafe.Pointer, it *hiter)/
                s|// rest fields are ignored|t, h, buckets, bptr unsafe.Pointer; overflow, oldoverflow *[]unsafe.Pointer; startBucket uintptr; offset uint8; wrapped bool; B, i uint8; bucket, checkBucket uintptr|' unsafe_link.go
            sed -i 's/^\treturn &UnsafeMapIterator{/\tvar it hiter\n\tmapiterinit(type2.rtype, *(*unsafe.Pointer)(obj), \&it)\n&/
                s/hiter: *mapiterinit(.*/hiter: \&it,/' unsafe_map.go
        )
        # shellcheck disable=SC2086
        make WHAT="$(printf 'cmd/%s ' $programs)" > "$home/build.log" 2>&1
        for program in $programs; do cp "_output/local/bin/linux/amd64/$program" "$home/"; done
    )
    chmod -R u+w "$source"
    rm -rf "$source"
}

mkdir -p "$home"
if [ "${1:-}" = --build ] && ! built; then build; fi
built || { echo "Kubernetes is not built on this machine: build/engines/kubernetes/up.sh --build does that." >&2; exit 1; }

if [ -f "$run/env" ] && ask /api/v1/nodes | grep -q '"reason": "KubeletReady"'; then exit 0; fi
bash "$here/down.sh"

missing=$(for package in etcd-server containerd runc conntrack iptables socat containernetworking-plugins openssl gcc libc6-dev curl busybox-static; do dpkg -s "$package" > /dev/null 2>&1 || echo "$package"; done)
if [ -n "$missing" ]; then
    apt-get update -qq
    # shellcheck disable=SC2086
    install $missing
fi

# A fresh cluster; images and their unpacked files stay.
rm -rf "$run/etcd" "$run/kubelet" "$run/env"
mkdir -p "$run" "$log" "$run/cni" "$run/containerd-root" "$run/containerd-state"
cd "$run"
[ -f sa.key ] || { openssl genrsa -out sa.key 2048 && openssl rsa -in sa.key -pubout -out sa.pub; } 2> /dev/null
# One certificate for the API server and the kubelet, which pods and the API server trust.
[ -f server.crt ] || openssl req -x509 -newkey rsa:2048 -nodes -keyout server.key -out server.crt -days 3650 -subj /CN=127.0.0.1 \
    -addext "subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc" 2> /dev/null
echo 'admin-token,admin,admin,"system:masters"' > tokens.csv
cat > kubeconfig << C
apiVersion: v1
kind: Config
current-context: test
clusters: [{name: test, cluster: {server: "https://127.0.0.1:16443", certificate-authority: "$run/server.crt"}}]
users: [{name: admin, user: {token: admin-token}}]
contexts: [{name: test, context: {cluster: test, user: admin, namespace: default}}]
C
cat > cni/10-lo.conflist << C
{"cniVersion":"0.3.1","name":"lo","plugins":[{"type":"loopback"}]}
C
cat > containerd.toml << C
version = 2
root = "$run/containerd-root"
state = "$run/containerd-state"
[grpc]
  address = "$run/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  disable_apparmor = true
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "native"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$run/cni"
[plugins."io.containerd.internal.v1.opt"]
  path = "$run/containerd-opt"
C
cat > kubelet.yaml << C
kind: KubeletConfiguration
apiVersion: kubelet.config.k8s.io/v1beta1
address: 127.0.0.1
healthzPort: 0
readOnlyPort: 0
tlsCertFile: $run/server.crt
tlsPrivateKeyFile: $run/server.key
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
failSwapOn: false
evictionHard: {memory.available: "100Mi", nodefs.available: "1%", imagefs.available: "1%"}
cgroupsPerQOS: true
enforceNodeAllocatable: []
maxPods: 110
C

start() { # name, command...
    local name=$1
    shift
    setsid nohup "$@" > "$log/$name.log" 2>&1 < /dev/null &
    echo $! > "$run/$name.pid"
}
wait_for() { # seconds, command...
    local n=$1
    shift
    for _ in $(seq "$((n * 10))"); do "$@" > /dev/null 2>&1 && return 0; sleep .1; done
    echo "timed out waiting for: $*" >&2
    return 1
}

start containerd containerd --config "$run/containerd.toml"
start etcd etcd --data-dir "$run/etcd" --listen-client-urls http://127.0.0.1:12379 --advertise-client-urls http://127.0.0.1:12379 --listen-peer-urls http://127.0.0.1:12380 --unsafe-no-fsync
start apiserver "$home/kube-apiserver" --etcd-servers=http://127.0.0.1:12379 --bind-address=127.0.0.1 --secure-port=16443 --tls-cert-file=server.crt --tls-private-key-file=server.key \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file=sa.pub --service-account-signing-key-file=sa.key --token-auth-file=tokens.csv --authorization-mode=RBAC \
    --endpoint-reconciler-type=none --service-cluster-ip-range=10.0.0.0/24 --allow-privileged=true --enable-aggregator-routing=false --kubelet-certificate-authority=server.crt
wait_for 60 ask /readyz
start controller-manager "$home/kube-controller-manager" --kubeconfig="$KUBECONFIG" --service-account-private-key-file=sa.key --root-ca-file=server.crt \
    --use-service-account-credentials=false --bind-address=127.0.0.1 --secure-port=0 --port=0 --leader-elect=false --controllers='*,ttl-after-finished' --feature-gates=TTLAfterFinished=true
start scheduler "$home/kube-scheduler" --kubeconfig="$KUBECONFIG" --bind-address=127.0.0.1 --secure-port=0 --port=0 --leader-elect=false
wait_for 20 ctr -a "$run/containerd.sock" version

# Images of one layer: a program that waits, for the sandboxes of pods, and a shell for tests.
import() { # name, folder with the files, entry point
    ctr -a "$run/containerd.sock" -n k8s.io images ls -q | grep -qx "$1" && return 0
    local t id
    t=$(mktemp -d)
    tar -C "$2" --owner=0 --group=0 -cf "$t/layer.tar" .
    id=$(sha256sum "$t/layer.tar" | cut -d' ' -f1)
    mkdir -p "$t/image/$id"
    mv "$t/layer.tar" "$t/image/$id/layer.tar"
    printf '{"architecture":"amd64","os":"linux","config":{"Entrypoint":["%s"],"Env":["PATH=/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$3" "$id" > "$t/image/config.json"
    printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["%s/layer.tar"]}]' "$1" "$id" > "$t/image/manifest.json"
    tar -C "$t/image" -cf "$t/image.tar" .
    ctr -a "$run/containerd.sock" -n k8s.io images import "$t/image.tar" > /dev/null
    rm -rf "$t"
}
files=$(mktemp -d)
mkdir -p "$files/pause" "$files/shell/bin" "$files/shell/tmp"
printf '#include <unistd.h>\n#include <signal.h>\nint main(){signal(SIGTERM,SIG_DFL);for(;;)pause();}' > "$files/pause.c"
gcc -static -O2 -o "$files/pause/pause" "$files/pause.c"
cp "$(command -v busybox)" "$files/shell/bin/busybox"
for applet in sh cat sleep echo printf test grep wc head tail env id date kill touch ls mkdir rm dd; do ln -sf busybox "$files/shell/bin/$applet"; done
import localhost/pause:1 "$files/pause" /pause
import localhost/flowgen-tests/shell:1 "$files/shell" /bin/sh
rm -rf "$files"

start kubelet "$home/kubelet" --config="$run/kubelet.yaml" --kubeconfig="$KUBECONFIG" --hostname-override=127.0.0.1 --root-dir="$run/kubelet" \
    --container-runtime=remote --container-runtime-endpoint="unix://$run/containerd.sock" --cni-bin-dir=/usr/lib/cni --cni-conf-dir="$run/cni" --v=2
ready() { ask /api/v1/nodes | grep -q '"reason": "KubeletReady"' && ask /api/v1/namespaces/default/serviceaccounts/default | grep -q '"secrets"'; }
wait_for 60 ready
echo "export KUBECONFIG=$run/kubeconfig" > "$run/env"
