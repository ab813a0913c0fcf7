#!/usr/bin/env bash
# Stops what up.sh started under K8S_HOME (default ~/.cache/flowgen-k8s), by the process ids that it left there.
home=$(realpath -m "${K8S_HOME:-$HOME/.cache/flowgen-k8s}")
run=$home/run
rm -f "$run/env"
stop() {
    local pid
    pid=$(cat "$run/$1.pid" 2> /dev/null) || return 0
    # The number may belong to somebody else by now.
    grep -aqsF "$home" "/proc/$pid/cmdline" || return 0
    kill "$pid" 2> /dev/null || return 0
    for _ in $(seq 30); do kill -0 "$pid" 2> /dev/null || return 0; sleep .1; done
    kill -9 "$pid" 2> /dev/null
}
for name in kubelet scheduler controller-manager apiserver etcd; do stop "$name"; done
if [ -S "$run/containerd.sock" ] && [ -f "$run/containerd.pid" ]; then
    for task in $(timeout 5 ctr -a "$run/containerd.sock" -n k8s.io tasks ls -q 2> /dev/null); do timeout 5 ctr -a "$run/containerd.sock" -n k8s.io tasks kill -s KILL "$task" 2> /dev/null; done
    for task in $(timeout 5 ctr -a "$run/containerd.sock" -n k8s.io containers ls -q 2> /dev/null); do
        timeout 5 ctr -a "$run/containerd.sock" -n k8s.io tasks rm -f "$task" > /dev/null 2>&1
        timeout 5 ctr -a "$run/containerd.sock" -n k8s.io containers rm "$task" > /dev/null 2>&1
    done
fi
stop containerd
awk -v run="$run/" 'index($2, run) == 1 {print $2}' /proc/mounts | sort -r | xargs -r -n1 umount 2> /dev/null
rm -f "$run"/*.pid
exit 0
