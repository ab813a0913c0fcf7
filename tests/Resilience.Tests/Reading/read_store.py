#!/usr/bin/env python3
"""Reads all runs of a store in a folder: python3 read_store.py STORE. Written from docs/storage-format.md alone; takes Debian's python3-msgpack and python3-zstandard."""
import base64, functools, hashlib, json, os, struct, sys, zlib
import msgpack, zstandard

STORE, BLOCKS = sys.argv[1], "?bhHiIqQefdH?"

def open_object(key, *kinds):
    with open(os.path.join(STORE, key), "rb") as file: data = file.read()
    assert data[:4] == b"FGEN" and data[4] in (1, 2, 3, 4) and data[5] in kinds and zlib.crc32(data[:-4]) == int.from_bytes(data[-4:], "big"), key
    content, length = data[8:-12], int.from_bytes(data[-12:-4], "big")
    return data[5], zstandard.ZstdDecompressor().decompress(content, max_output_size=length) if data[6] else content

@functools.cache
def read_blob(sha, generation):
    kind, content = open_object(f"blobs/{generation}/{sha.hex()[:2]}/{sha.hex()}", 3, 4)
    if kind == 3: return content
    length, hashes = msgpack.unpackb(content)
    return b"".join(read_blob(hashes[i:i + 32], generation) for i in range(0, len(hashes), 32))[:length]

def read_value(value, packs):
    form, sha, *rest = value
    if form >= 4: return read_value(sha, packs)
    if form == 0: content = rest[0]
    elif form == 3: content = read_blob(sha, rest[1])
    else:
        size, offset, pack = (rest[0], rest[2], packs[2 * rest[1]:]) if form == 1 else (rest[0], rest[1], rest[2:])
        content = read_blob(pack[0], pack[1])[offset:offset + size]
    chunks = [hashlib.sha256(content[i:i + (8 << 20)]).digest() for i in range(0, max(len(content), 1), 8 << 20)]
    assert sha == (chunks[0] if len(chunks) == 1 else hashlib.sha256(b"".join(chunks)).digest()), "content has another hash"
    return {"hash": sha.hex(), "value": show(msgpack.unpackb(content, strict_map_key=False)) if len(content) < 100_000 else "big"}

def show(x): # as JSON; of tables and blobs only which extension they are
    if isinstance(x, msgpack.ExtType): return list(struct.unpack(f"<{len(x.data) // struct.calcsize('<' + BLOCKS[x.code])}{BLOCKS[x.code]}", x.data)) if x.code < 13 else {"extension": x.code}
    if isinstance(x, list): return {"extension": 13} if x and getattr(x[0], "code", 0) == 13 else [show(item) for item in x]
    return {key: show(item) for key, item in x.items()} if isinstance(x, dict) else base64.b64encode(x).decode() if isinstance(x, bytes) else x

def name(graph, task, plus=0):
    numbers = [n for n in task[1:] if n >= 0]
    if plus: numbers[-1] += plus
    return graph["steps"][task[0]]["name"] + (f"[{','.join(map(str, numbers))}]" if numbers else "") + "".join(f"#{-1 - n}" for n in task[1:] if n < 0)

def add(tasks, flows, prefix, graph, record, packs): # of all that is said of a task's end the first stands
    kind, first, rest = record[0], record[1], record[2:]
    if kind in (5, 6):
        entry = tasks.setdefault(prefix + name(graph, first), {"status": "failed" if kind == 6 else "reused" if rest[5] else "succeeded", "attempts": rest[0]})
        made = graph["artifacts"][graph["steps"][first[0]]["firstArtifact"]:]
        if kind == 5: entry.setdefault("artifacts", {artifact["name"]: read_value(value, packs) for artifact, value in zip(made, rest[4])})
    elif kind in (7, 11) and len(first) - 1 == len(graph["steps"][first[0]]["scope"]):
        for i in range(rest[0]): tasks.setdefault(prefix + name(graph, first, i), {"status": "blocked" if kind == 7 else "skipped", "attempts": 0})
    elif kind == 12:
        inside, inner = prefix + name(graph, first) + "/", rest[0]
        if inner[0] == 13 and flows.setdefault(inside, inner[1]) != inner[1]:
            for old in [task for task in tasks if task.startswith(inside)]: del tasks[old]
        if inner[0] == 13: flows[inside] = inner[1]
        else: add(tasks, flows, inside, graph["steps"][first[0]]["subFlow"], inner, packs)

def read_run(run):
    tasks, flows, manifest, status, n = {}, {}, None, "interrupted", 0
    while os.path.exists(os.path.join(STORE, key := f"runs/{run}/log/{n:010}")):
        number, epoch, writer, packs, records = msgpack.unpackb(open_object(key, 2)[1])
        for record in records:
            if record[0] == 0: manifest = record[1]
            elif record[0] == 9: status = record[1]
            else: add(tasks, flows, "", manifest["graph"], record, packs)
        n += 1
    return {"run": manifest["run"], "status": status, "parameters": {p["name"]: show(msgpack.unpackb(p["value"])) for p in manifest["parameters"]}, "tasks": tasks}

runs, gc = os.path.join(STORE, "runs"), os.path.join(STORE, "gc")
retired = [run for run, _ in msgpack.unpackb(open_object(f"gc/{max(os.listdir(gc))}", 13)[1])[1]] if os.path.exists(gc) else []
json.dump([read_run(run) for flow in sorted(os.listdir(runs)) for key in sorted(os.listdir(os.path.join(runs, flow))) if (run := f"{flow}/{key}") not in retired], sys.stdout)
