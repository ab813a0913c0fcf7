#!/usr/bin/env bash
# Starts a real Slurm cluster on loopback from Debian's packages, without systemd: munge, slurmctld and four slurmd as the virtual nodes n1 to n4.
#   up.sh [DIR]      DIR (default artifacts/engines/slurm) holds its state, logs and process ids; down.sh [DIR] stops it
# When it answers, DIR/env has what clients need:  . DIR/env  sets SLURM_CONF and FLOWGEN_TEST_SLURM (DIR).
# Does nothing if the cluster of DIR answers already. No accounting (sacct), so it starts in less than a second.
set -euo pipefail
cd "$(dirname "$0")/../../.."
dir=$(realpath -m "${1:-artifacts/engines/slurm}")
nodes=4 cpus=4 memory=4000

answers() { [ -f "$dir/env" ] && (. "$dir/env" && timeout 2 sinfo -h > /dev/null 2>&1); }
answers && exit 0

sudo=$([ "$(id -u)" = 0 ] || command -v sudo || true)
if ! command -v slurmctld > /dev/null || ! command -v slurmd > /dev/null || ! command -v sbatch > /dev/null || [ ! -x /usr/sbin/munged ]; then
    command -v apt-get > /dev/null || { echo "Slurm needs Debian's packages slurmctld, slurmd, slurm-client and munge." >&2; exit 1; }
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get update -qq
    $sudo apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 slurmctld slurmd slurm-client munge > /dev/null
fi

bash build/engines/slurm/down.sh "$dir"
rm -rf "$dir"
mkdir -p "$dir"/{state,spool,log,run}
# Munge wants nobody else to be able to write above its key and socket.
chmod 755 "$dir" "$dir"/*

# Neighbouring ports that nobody listens on: the controller's, and one for each node.
free() { for i in $(seq 0 "$nodes"); do ! (: < "/dev/tcp/127.0.0.1/$(($1 + i))") 2> /dev/null || return 1; done; }
port=16817
until free "$port"; do port=$((16817 + RANDOM % 1000 * 8)); done

dd if=/dev/urandom of="$dir/munge.key" bs=128 count=1 status=none
chmod 400 "$dir/munge.key"
# The sockets of munge have short names at most, wherever DIR is.
socket=$(mktemp -du /tmp/flowgen-munge-XXXXXX)
/usr/sbin/munged --force --key-file="$dir/munge.key" --socket="$socket" --pid-file="$dir/munged.pid" --log-file="$dir/log/munged.log" --seed-file="$dir/run/munge.seed" --num-threads=4 2> "$dir/log/munged.start"

host=$(hostname -s)
user=$(id -un)
cat > "$dir/slurm.conf" << C
ClusterName=flowgen-tests
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$socket,cred_expire=5
CredType=cred/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=2
JobAcctGatherParams=OverMemoryKill
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SlurmdParameters=config_overrides
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=20000,bf_interval=2,max_array_tasks=10000
MaxArraySize=10001
MaxJobCount=20000
MinJobAge=600
ReturnToService=2
JobRequeue=1
ScronParameters=enable
KillWait=3
SlurmdTimeout=60
SlurmctldTimeout=60
InactiveLimit=0
Waittime=0
OverTimeLimit=0
PriorityType=priority/basic
PreemptType=preempt/partition_prio
PreemptMode=CANCEL
C
for i in $(seq "$nodes"); do
    echo "NodeName=n$i NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + i)) CPUs=$cpus RealMemory=$memory Feature=virtual State=UNKNOWN"
done >> "$dir/slurm.conf"
cat >> "$dir/slurm.conf" << C
PartitionName=main Nodes=n[1-$nodes] Default=YES MaxTime=INFINITE DefaultTime=10 DefMemPerCPU=500 PriorityTier=10 State=UP
PartitionName=drivers Nodes=n1 MaxTime=INFINITE DefaultTime=10 DefMemPerCPU=500 PriorityTier=10 State=UP
PartitionName=workers Nodes=n[2-$nodes] MaxTime=INFINITE DefaultTime=10 DefMemPerCPU=500 PriorityTier=10 State=UP
PartitionName=spare Nodes=n[1-$nodes] MaxTime=INFINITE DefaultTime=10 DefMemPerCPU=500 PriorityTier=1 State=UP
C
printf 'CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n' > "$dir/cgroup.conf"

export SLURM_CONF="$dir/slurm.conf"
/usr/sbin/slurmctld -c
for i in $(seq "$nodes"); do
    mkdir -p "$dir/spool/n$i"
    /usr/sbin/slurmd -N "n$i" -c
done
for _ in $(seq 150); do [ "$(timeout 5 sinfo -h -p main -t idle -o %D 2> /dev/null)" = "$nodes" ] && break; sleep .1; done
[ "$(timeout 5 sinfo -h -p main -t idle -o %D 2> /dev/null)" = "$nodes" ] || { tail -n 5 "$dir"/log/* >&2; exit 1; }

cat > "$dir/env.new" << C
export SLURM_CONF=$dir/slurm.conf
export FLOWGEN_TEST_SLURM=$dir
C
scrontab=${FLOWGEN_SCRONTAB_HOME:-$HOME/.cache/flowgen-slurm}
if [ -x "$scrontab/scrontab" ]; then
    echo "export PATH=\"$scrontab:\$PATH\" FLOWGEN_TEST_SCRONTAB=$scrontab/scrontab" >> "$dir/env.new"
elif command -v scrontab > /dev/null; then
    echo "export FLOWGEN_TEST_SCRONTAB=$(command -v scrontab)" >> "$dir/env.new"
fi
mv "$dir/env.new" "$dir/env"
