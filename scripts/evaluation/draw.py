#!/usr/bin/env python3
# Draws the third set: tools of servers without any label, stratified by what their names and first words speak of.
# usage: draw.py tools.jsonl.gz labels.tsv SEED > drawn.tsv   (server, tool, part)
import sys,gzip,json,random,re,hashlib
seed=int(sys.argv[3])
labelled={l.split('\t')[0] for l in open(sys.argv[2],encoding='utf8')}
tools=[json.loads(l) for l in gzip.open(sys.argv[1],'rt',encoding='utf8')]
by={}
for t in tools:
    if t['server'] in labelled: continue
    by.setdefault(t['server'],[]).append(t)
S=[('money',r'pay|refund|invoice|charge|transfer|order|checkout|subscri|budget|wallet|trade|buy|sell|purchase|bid|campaign'),
('access',r'role|policy|permission|user|member|group|team|grant|share|access|owner|principal|saml|sso|mfa|acl'),
('secrets',r'secret|token|key|credential|password|cert|vault|env'),
('removal',r'delete|remove|destroy|purge|drop|clear|terminate|wipe|truncate|revoke|reset|uninstall|kill|prune|archive'),
('running',r'run|exec|invoke|trigger|script|eval|shell|command|query|sql|start|launch'),
('people',r'send|reply|post|email|mail|message|sms|notify|publish|tweet|comment|invite|call|broadcast|meeting|event'),
('machines',r'server|instance|cluster|node|pod|vm|volume|network|dns|domain|firewall|route|subnet|vpc|deploy|scale|restart|stop|reboot|backup|restore|rollback|database|stack|migrat'),
('settings',r'config|setting|enable|disable|rule|flag|alarm|alert|monitor|logging|encrypt|protect|lock|retention|schedule|webhook'),
('export',r'export|download|dump|backup|extract|history|log'),
('physical',r'device|light|door|printer|robot|camera|thermostat|valve|vehicle|sensor|motor|gripper|media|volume_set|switch'),
('changes',r'create|update|set|add|put|edit|modify|upload|import|write|move|rename|assign|approve|merge|commit|push|attach|associate|register|apply')]
LOOK=r'^(get|list|describe|search|find|read|fetch|show|view|count|check|query_docs|lookup|browse|is|has)_|_(get|list|read|search)$'
def part(t):
    n=re.sub(r'([a-z])([A-Z])',r'\1_\2',t['tool']).lower()
    look=re.search(LOOK,n) is not None
    if look: return 'reads'
    hit=[s for s,r in S if re.search(r'(^|[_\-. /])('+r+')',n)]
    return hit[0] if hit else 'other'
rng=random.Random(seed)
servers=sorted(by)
rng.shuffle(servers)
# servers with consequential tools first to be able to fill parts; 70 servers in all
chosen=servers[:int(sys.argv[4])]
want={'money':26,'access':26,'secrets':18,'removal':26,'running':24,'people':20,'machines':30,'settings':24,'export':8,'physical':10,'changes':20,'other':14,'reads':24}
pool={}
for s in chosen:
    for t in sorted(by[s],key=lambda t:t['tool']): pool.setdefault(part(t),[]).append(t)
out=[];seen=set();total={}
for p in sorted(want):
    xs=pool.get(p,[])[:]; rng.shuffle(xs)
    n={}
    took=0
    cap=3
    for x in xs:
        if took==want[p]: break
        if n.get(x['server'],0)>=cap or total.get(x['server'],0)>=6 or (x['server'],x['tool']) in seen: continue
        n[x['server']]=n.get(x['server'],0)+1; total[x['server']]=total.get(x['server'],0)+1; seen.add((x['server'],x['tool'])); took+=1
        out.append((x['server'],x['tool'],p))
for r in sorted(out): print('\t'.join(r))
print({p:len(v) for p,v in pool.items()},len(out),len({o[0] for o in out}),file=sys.stderr)
