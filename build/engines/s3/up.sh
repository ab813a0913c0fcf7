#!/usr/bin/env bash
# Starts a real S3 server on loopback: Ceph's monitor, one OSD and the RADOS gateway, from Debian's packages, without systemd.
#   up.sh [DIR]      DIR (default artifacts/engines/s3) holds its data, logs and process ids; down.sh [DIR] stops it
# When it answers, DIR/env has what clients need:  . DIR/env  sets FLOWGEN_TEST_S3 (its URL) and the SDK's own variables. There is one bucket, flowgen-tests.
# Does nothing if the server of DIR answers already. Data lives in memory: 2 s to start, gone when it stops.
set -euo pipefail
cd "$(dirname "$0")/../../.."
dir=$(realpath -m "${1:-artifacts/engines/s3}")
access=flowgen-test secret=flowgen-test-secret

answers() { [ -f "$dir/env" ] && (. "$dir/env" && curl -so /dev/null --max-time 2 "$FLOWGEN_TEST_S3"); }
answers && exit 0

if ! command -v radosgw > /dev/null || ! command -v ceph-osd > /dev/null || ! command -v ceph-mon > /dev/null || ! command -v curl > /dev/null; then
    sudo=$([ "$(id -u)" = 0 ] || command -v sudo || true)
    command -v apt-get > /dev/null || { echo "The S3 server needs Debian's packages radosgw, ceph-mon, ceph-osd and ceph-common." >&2; exit 1; }
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get update -qq
    $sudo apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 radosgw ceph-mon ceph-osd ceph-common curl > /dev/null
fi

bash build/engines/s3/down.sh "$dir"
rm -rf "$dir"
mkdir -p "$dir"/{mon,osd,rgw,run,log}

# Three neighbouring ports that nobody listens on: the gateway and the two protocols of the monitor.
free() { for i in 0 1 2; do ! (: < "/dev/tcp/127.0.0.1/$(($1 + i))") 2> /dev/null || return 1; done; }
port=7480
until free "$port"; do port=$((7480 + RANDOM % 8000 * 3)); done

cat > "$dir/ceph.conf" << C
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon_host = [v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]
public_network = 127.0.0.0/8
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
keyring = $dir/keyring
run_dir = $dir/run
admin_socket = $dir/run/\$name.asok
log_file = $dir/log/\$name.log
pid_file = $dir/\$name.pid
crash_dir =
osd_pool_default_size = 1
osd_pool_default_min_size = 1
mon_allow_pool_size_one = true
osd_pool_default_pg_num = 8
osd_pool_default_pgp_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_max_pg_per_osd = 1000
rgw_rados_pool_pg_num_min = 8
[mon]
mon_data = $dir/mon
paxos_propose_interval = 0.05
paxos_min_wait = 0.01
mon_mgr_mkfs_grace = 1000000
mon_data_avail_crit = 1
mon_data_avail_warn = 2
mon_osd_nearfull_ratio = .97
mon_osd_backfillfull_ratio = .98
mon_osd_full_ratio = .99
auth_allow_insecure_global_id_reclaim = false
[osd]
osd_data = $dir/osd
osd_objectstore = memstore
memstore_device_bytes = 8G
osd_scrub_load_threshold = 0
osd_class_update_on_start = true
[client.rgw]
rgw_data = $dir/rgw
rgw_frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw_enable_usage_log = false
rgw_enable_ops_log = false
rgw_thread_pool_size = 64
rgw_max_concurrent_requests = 256
rgw_gc_obj_min_wait = 10
rgw_gc_processor_period = 10
# Encryption with keys of a key server, here one in the configuration; clients speak HTTP.
rgw_crypt_require_ssl = false
rgw_crypt_s3_kms_backend = testing
rgw_crypt_s3_kms_encryption_keys = flowgen-key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=
C

ceph="-c $dir/ceph.conf"
user=$([ "$(id -u)" != 0 ] || echo "--setuser root --setgroup root")
keyring=$dir/keyring
fsid=$(sed -n 's/^fsid = //p' "$dir/ceph.conf")
export CEPH_CONF="$dir/ceph.conf"
monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]" "$dir/monmap" > /dev/null
ceph-authtool --create-keyring "$keyring" --gen-key -n mon. --cap mon 'allow *' > /dev/null
ceph-authtool "$keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
ceph-authtool "$keyring" --gen-key -n client.rgw --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
ceph-authtool "$keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' --cap mgr 'allow profile osd'

ceph-mon $ceph -i a --mkfs --monmap "$dir/monmap" --keyring "$keyring" $user
ceph-mon $ceph -i a $user
ceph $ceph --connect-timeout 20 osd new "$(cat /proc/sys/kernel/random/uuid)" > /dev/null
ceph-osd $ceph -i 0 --mkfs --osd-uuid "$(ceph $ceph osd dump -f json | sed -nE 's/.*"osd":0,"uuid":"([^"]+)".*/\1/p')" $user > "$dir/log/mkfs.log" 2>&1
ceph-osd $ceph -i 0 $user > "$dir/log/osd.start" 2>&1
for _ in $(seq 100); do ceph $ceph osd stat 2> /dev/null | grep -q '1 up' && break; sleep .2; done
radosgw $ceph -n client.rgw $user
for _ in $(seq 300); do curl -so /dev/null "http://127.0.0.1:$port/" && break; sleep .1; done
radosgw-admin $ceph -n client.admin user create --uid=test --display-name=test --access-key="$access" --secret-key="$secret" > /dev/null

curl -sf -o /dev/null -X PUT --user "$access:$secret" --aws-sigv4 "aws:amz:us-east-1:s3" -H "x-amz-content-sha256: UNSIGNED-PAYLOAD" "http://127.0.0.1:$port/flowgen-tests"

cat > "$dir/env.new" << C
export FLOWGEN_TEST_S3=http://127.0.0.1:$port
export AWS_ENDPOINT_URL_S3=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=$access AWS_SECRET_ACCESS_KEY=$secret AWS_REGION=us-east-1
C
mv "$dir/env.new" "$dir/env"
