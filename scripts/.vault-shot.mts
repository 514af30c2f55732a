import { spawn } from 'node:child_process';
import { launchChromium } from '../tests/helpers/launch-chromium';
const data = process.argv[2]!;
const child = spawn('node', ['out/main/cli.js','serve','--no-open','--json','--data',data], {stdio:['ignore','pipe','inherit']});
let out=''; for await (const c of child.stdout) { out+=c; if (out.includes('}')) break; }
const url = JSON.parse(out).url;
const b = await launchChromium(); const page = await (await b.newContext({viewport:{width:1280,height:800}})).newPage();
page.on('console', m=>console.log('console', m.text())); page.on('pageerror', e=>console.log('err', e.message));
await page.goto(url); await page.waitForTimeout(4000);
await page.screenshot({path:'/tmp/vault-1.png'});
await page.getByRole('navigation').getByRole('button',{name:'Privacy'}).click();
await page.getByRole('tab',{name:'Protection'}).click(); await page.waitForTimeout(1500);
await page.screenshot({path:'/tmp/vault-2.png'});
await b.close(); child.kill('SIGTERM');
