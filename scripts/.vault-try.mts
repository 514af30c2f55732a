import { dataPaths } from '../src/main/base/data-folder';
import { protectOn, protectOff, dataKeyOf, completeSwitch } from '../src/main/privacy/protection/switch-protection';
import { LiveFolder } from '../src/main/privacy/protection/live-folder';
const paths = dataPaths(process.argv[2]!);
const t=Date.now(); const lap=(w:string)=>console.log(w, Date.now()-t);
const code = await protectOn(paths, 'correct horse battery', 'try'); lap('on '+code);
const key = await dataKeyOf(paths, code.toLowerCase());lap('key');
const live = await LiveFolder.enter(paths, key); lap('enter '+live.data);
await live.seal(); lap('seal nothing');
await live.leave(); lap('leave');
if(process.argv[3]) { await protectOff(paths,'correct horse battery','try'); lap('off'); }
