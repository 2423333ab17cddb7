import { openKwin } from '@voiceinput/rig/kwin';
import { spawn } from 'node:child_process';
const d = await openKwin();
const c = spawn('setpriv',['--reuid=nobody','--regid=nogroup','--clear-groups','foot','-a','elsewhere','-d','info','cat'],{stdio:'ignore'});
c.on('exit',(x,s)=>console.log('foot exit',x,s));
await new Promise(r=>setTimeout(r,4000));
try { const p = await d.open(['xfce4-terminal', '--disable-server','-x','sh','-c','cat > /tmp/xx'],'xfce4-terminal'); console.log('xfce ok', p.area); } catch(e){console.log(String((e as Error).cause))}
await d.close(); c.kill(); process.exit(0);
