"""Every statement the store sends, by what it asks. A batch counts while `withdrawn_ms is null`."""

from __future__ import annotations

# Batches and changes
ADD_BATCH = """
insert into batch (id, name, sha256, source, parser, options, added_ms, n_new, n_known, n_aside, notes)
values (null, ?, ?, ?, ?, ?, ?, 0, 0, 0, '[]')"""
FINISH_BATCH = """
update batch set n_new = ?, n_known = ?, n_aside = ?, first_ms = ?, last_ms = ?, notes = ? where id = ?"""
_BATCH = """
select id, name, sha256, source, parser, options, added_ms, n_new, n_known, n_aside, withdrawn_ms, first_ms, last_ms,
    notes from batch """
BATCHES = _BATCH + "order by id"
BATCHES_OF = _BATCH + "where sha256 = ? and withdrawn_ms is null order by id"
WITHDRAW = "update batch set withdrawn_ms = ? where id = ? and withdrawn_ms is null"
REINSTATE = "update batch set withdrawn_ms = null where id = ? and withdrawn_ms is not null"
HAS_BATCH = "select 1 from batch where id = ?"
ADD_CHANGE = "insert into change (revision, batch_id, what, at_ms) values (?, ?, ?, ?)"
REVISION = "select ifnull(max(revision), 0) from change"
TOUCH = "insert or ignore into touched (revision, hour) values (?, ?)"
HOURS_SINCE = "select distinct hour from touched where revision > ? order by hour"
STRETCHES_OF_BATCH = """
select c.first_ms, c.last_ms from support s join chunk c on c.id = s.chunk_id join series x on x.id = c.series_id
    where s.batch_id = ? and x.own_clock = ''
union all select e.at_ms, ifnull(e.end_ms, e.at_ms) from entry_support s join entry e on e.id = s.entry_id
    where s.batch_id = ? and e.own_clock = ''"""
FIRST_NAME_OF_CLOCK = """
select b.name from series x join chunk c on c.series_id = x.id join support s on s.chunk_id = c.id
    join batch b on b.id = s.batch_id
    where x.own_clock = ? and b.withdrawn_ms is null order by b.id limit 1"""

# Series and chunks
ADD_SERIES = "insert or ignore into series (kind, source, device, person, own_clock) values (?, ?, ?, ?, ?)"
SERIES_ID = "select id from series where kind = ? and source = ? and device = ? and person = ? and own_clock = ?"
ALL_SERIES = "select id, kind, source, device, person, own_clock from series order by id"
_COUNTS = """
exists (select 1 from support s join batch b on b.id = s.batch_id where s.chunk_id = c.id and b.withdrawn_ms is null)"""
_WHOLE = """
exists (select 1 from support s join batch b on b.id = s.batch_id
        where s.chunk_id = c.id and b.withdrawn_ms is null and s.mask is null)"""
WHOLE_CHUNKS = f"""
select series_id, min(first_ms), max(last_ms), sum(n) from chunk c where {_WHOLE} group by series_id"""
PARTIAL_CHUNKS = f"""
select id, series_id from chunk c where not {_WHOLE} and {_COUNTS} order by id"""
NEXT_CHUNK = "select ifnull(max(id), 0) + 1 from chunk"
ADD_CHUNK = """
insert into chunk (id, series_id, bucket, first_ms, last_ms, n, n_moments) values (?, ?, ?, ?, ?, ?, ?)"""
ADD_PAYLOAD = "insert into payload (chunk_id, content) values (?, ?)"
ADD_SUPPORT = """
insert into support (chunk_id, batch_id, mask, starts, tick_ms, grade) values (?, ?, ?, ?, ?, ?)
on conflict do update set mask = excluded.mask, starts = excluded.starts, tick_ms = excluded.tick_ms,
    grade = excluded.grade"""
CHUNKS_WITHIN = """
select id, bucket from chunk where series_id = ? and bucket between ? and ? and first_ms <= ? and last_ms >= ?
    order by bucket, id"""
PAYLOAD = "select content from payload where chunk_id = ?"
SUPPORT_OF_CHUNK = """
select s.batch_id, s.mask, s.starts, s.tick_ms, s.grade from support s join batch b on b.id = s.batch_id
    where s.chunk_id = ? and b.withdrawn_ms is null order by s.batch_id"""
COUNTING_CHUNKS = f"""
select c.id, c.bucket, p.content from chunk c join payload p on p.chunk_id = c.id
    where c.series_id = ? and c.bucket between ? and ? and {_COUNTS} order by c.bucket, c.id"""
COUNTING_SUPPORT = """
select s.chunk_id, s.mask, s.starts, s.tick_ms, s.grade from chunk c join support s on s.chunk_id = c.id
    join batch b on b.id = s.batch_id
    where c.series_id = ? and c.bucket between ? and ? and b.withdrawn_ms is null"""
CROWDED_BUCKETS = f"""
select c.bucket from chunk c where c.series_id = ? and {_COUNTS}
    group by c.bucket having count(*) > 1 or sum(c.n) > sum(c.n_moments) order by c.bucket"""

# Entries
INCOMING = """
create temp table if not exists incoming (
    person text not null, own_clock text not null, kind text not null, at_ms integer not null, end_ms integer,
    label text not null, zone text not null, value text not null) strict"""
CLEAR_INCOMING = "delete from temp.incoming"
ADD_INCOMING = "insert into temp.incoming values (?, ?, ?, ?, ?, ?, ?, ?)"
_ENTRY_COUNTS = """
exists (select 1 from entry_support s join batch b on b.id = s.batch_id
        where s.entry_id = e.id and b.withdrawn_ms is null)"""
_SAME_KEY = """
e.own_clock = i.own_clock and e.at_ms = i.at_ms and e.kind = i.kind and e.person = i.person
    and ifnull(e.end_ms, -9223372036854775808) = ifnull(i.end_ms, -9223372036854775808) and e.label = i.label"""
_SAME_ENTRY = f"{_SAME_KEY} and e.zone = i.zone and e.value = i.value"
ASSESS_INCOMING = f"""
select exists (select 1 from entry e where {_SAME_ENTRY} and {_ENTRY_COUNTS}),
    i.kind = 'answer' and exists (select 1 from entry e where {_SAME_KEY} and {_ENTRY_COUNTS})
    from temp.incoming i order by i.rowid"""
ADD_ENTRIES = """
insert or ignore into entry (person, own_clock, kind, at_ms, end_ms, label, zone, value)
    select person, own_clock, kind, at_ms, end_ms, label, zone, value from temp.incoming order by rowid"""
SUPPORT_ENTRIES = f"""
insert or ignore into entry_support (entry_id, batch_id)
    select e.id, ? from temp.incoming i join entry e on {_SAME_ENTRY}"""
ENTRIES = f"""
select person, at_ms, zone, kind, value, end_ms, label from entry e
    where id in (select id from entry where own_clock = ?1 and at_ms >= ?2 - 172800000 and at_ms < ?3
            union all select id from entry where own_clock = ?1 and end_ms - at_ms > 172800000 and at_ms < ?3)
        and max(ifnull(end_ms, at_ms), at_ms + 1) > ?2 and {_ENTRY_COUNTS} order by id"""
ALL_ENTRIES = f"""
select person, own_clock, at_ms, zone, kind, value, end_ms, label from entry e where {_ENTRY_COUNTS}"""

_SAME_ANSWER = """
f.own_clock = e.own_clock and f.at_ms = e.at_ms and f.kind = e.kind and f.person = e.person
    and ifnull(f.end_ms, -9223372036854775808) = ifnull(e.end_ms, -9223372036854775808) and f.label = e.label"""
ANSWERS_ASIDE = f"""
select * from (
    select e.at_ms, (select f.value from entry f where {_SAME_ANSWER} and {_ENTRY_COUNTS.replace("e.id", "f.id")}
        and f.id < e.id order by f.id limit 1) as first, e.value
    from entry e where e.kind = 'answer' and {_ENTRY_COUNTS} order by e.id)
    where first is not null limit ?"""

# Zones
ADD_ZONE = "insert or ignore into zone (at_ms, zone, batch_id) values (?, ?, ?)"
ZONES = """
with told as (
    select z.at_ms as at_ms, coalesce(min(case when instr(z.zone, '/') then z.zone end), min(z.zone)) as zone
    from zone z join batch b on b.id = z.batch_id where b.withdrawn_ms is null group by z.at_ms)
select at_ms, zone from (select at_ms, zone, lag(zone) over (order by at_ms) as earlier from told)
    where zone is not earlier order by at_ms"""

# Results and settings
DERIVED = "select stamp, payload from derived where room = ? and key = ?"
KEEP_DERIVED = """
insert into derived (room, key, stamp, payload) values (?, ?, ?, ?)
on conflict do update set stamp = excluded.stamp, payload = excluded.payload"""
FORGET_DERIVED = "delete from derived where ?1 is null or room = ?1"
SETTING = "select value from setting where name = ?"
KEEP_SETTING = "insert into setting (name, value) values (?, ?) on conflict do update set value = excluded.value"
