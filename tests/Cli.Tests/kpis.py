"""Recomputes the figures of `fieldmedic kpi --json` from the raw journal, without any of its code: kpis.py STORE SYSTEM."""
import collections, datetime, json, math, sqlite3, sys


def seconds(span):
    days, _, clock = span.rpartition('.') if span.count('.') == 2 or span.find('.') < span.find(':') and '.' in span else ('', '', span)
    hours, minutes, rest = clock.split(':')
    return (int(days) if days else 0) * 86400 + int(hours) * 3600 + int(minutes) * 60 + float(rest)


def moment(text):
    whole, fraction = text.rstrip('Z').split('.')
    return datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc).timestamp(), int(fraction)


def between(a, b):
    """Ticks of 100 ns, as floats lose them."""
    (s1, f1), (s2, f2) = moment(a), moment(b)
    return (round(s2 - s1) * 10**7 + f2 - f1) / 10**7


def times(values):
    values = sorted(v for v in values if v is not None)
    if not values:
        return {'n': 0, 'mean': None, 'median': None, 'p90': None}
    rank = lambda share: round(values[math.ceil(share * len(values)) - 1], 3)
    return {'n': len(values), 'mean': round(sum(values) / len(values), 3), 'median': rank(0.5), 'p90': rank(0.9)}


class Case:
    def __init__(self, rows):
        self.events = [(at, json.loads(payload)) for at, payload in rows]
        self.opened = self.events[0][0]

    def first(self, *types, after=None):
        return next((at for at, e in self.events if e['type'] in types and (after is None or at > after)), None)

    def all(self, *types):
        return [e for _, e in self.events if e['type'] in types]

    def has(self, *types):
        return bool(self.all(*types))

    @property
    def told(self):
        """Ended or watched, and nothing began anew afterwards."""
        marks = [e['type'] for _, e in self.events if e['type'] in ('watch_started', 'watch_ended', 'incident_ended', 'relapsed', 'diagnosed', 'proof_expired')]
        return bool(marks) and marks[-1] in ('watch_started', 'watch_ended', 'incident_ended')

    @property
    def outcome(self):
        return self.all('report_prepared', 'incident_ended')[-1]['outcome']

    @property
    def left_because(self):
        reasons = [r for r in (self.all('report_prepared')[-1].get('escalation'),) if r] + [e['reason'] for e in self.all('escalated')]
        return reasons[0] if reasons else None

    @property
    def false_closure(self):
        return self.has('relapsed', 'closure_disputed')

    @property
    def closed(self):
        return self.false_closure or self.outcome in ('closed', 'answered') and not self.left_because

    @property
    def acted(self):
        return self.has('action_started')

    @property
    def proved(self):
        verdicts = self.all('verified')
        return bool(verdicts) and verdicts[-1]['verdict'] in ('resolved', 'mitigated') and not self.false_closure

    def to_detect(self):
        return between(self.opened, self.first('diagnosed')) if self.has('diagnosed') else None

    def to_decide(self):
        diagnosed = self.first('diagnosed')
        decided = diagnosed and self.first('decided', after=diagnosed)
        return between(diagnosed, decided) if decided else None

    def to_act(self):
        spans = [seconds(e['elapsed']) for e in self.all('action_finished')]
        return sum(spans) if spans else None

    def to_verify(self):
        acted = None
        for at, e in self.events:
            if e['type'] == 'action_finished':
                acted = at
            if e['type'] == 'verified' and e['verdict'] != 'not_resolved' or e['type'] == 'report_prepared':
                return between(acted, at) if acted else None
        return None


def main(store, system):
    db = sqlite3.connect(store)
    rows = collections.defaultdict(list)
    for incident, at, payload in db.execute('SELECT incident, at, payload FROM events ORDER BY incident, sequence'):
        rows[incident].append((at, payload))
    cases = [c for c in map(Case, rows.values()) if c.events[0][1]['system'] == system]
    told = [c for c in cases if c.told]
    judged = [c for c in told if c.outcome != 'held']
    acted = [c for c in judged if c.acted]
    closed = [c for c in told if c.closed]
    resolved = [c for c in judged if c.closed and not c.false_closure]
    left = collections.Counter(c.left_because for c in told if c.left_because)
    share = lambda part, whole: {'numerator': len(part), 'denominator': len(whole)}
    json.dump({
        'incidents': len(cases),
        'unfinished': len(cases) - len(told),
        'auto_resolved': share(resolved, judged),
        'fix_success': share([c for c in acted if c.proved], acted),
        'false_closures': share([c for c in closed if c.false_closure], closed),
        'unverifiable': left['unverifiable'],
        'escalations': dict(sorted(left.items())),
        'seconds_to_resolution': times(between(c.opened, c.first('watch_started', 'incident_ended')) for c in resolved),
        'seconds_to_detect': times(c.to_detect() for c in told if any(e['findings'] for e in c.all('diagnosed'))),
        'seconds_to_decide': times(c.to_decide() for c in told),
        'seconds_to_act': times(c.to_act() for c in acted),
        'seconds_to_verify': times(c.to_verify() for c in acted),
    }, sys.stdout)


main(*sys.argv[1:])
