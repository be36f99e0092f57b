function boundaryOf(contentType){if(!/^\s*multipart\/form-data\s*;/i.test(contentType??""))return;let[,quoted,plain]=/;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.
exec(contentType??"")??[];return quoted??plain}function parseMultipart(raw,boundary){let body=Buffer.concat([Buffer.from(`\r
`),raw]),delimiter=Buffer.from(`\r
--${boundary}`),fields=[],at=body.subarray(0,delimiter.length).equals(delimiter)?0:-1;for(let parts=0;at>=0&&parts<=1e3;parts++){let start=at+
delimiter.length,mark=body.toString("latin1",start,start+2);if(mark==="--")return fields;let end=body.indexOf(delimiter,start);if(mark!==`\r
`||end<0)return;let part=readPart(body.subarray(start+2,end));if(part===void 0)return;part!=="file"&&fields.push(part),at=end}}function readPart(part){
let blank=part.indexOf(`\r
\r
`);if(blank<0)return;let disposition=/^content-disposition:[ \t]*form-data[ \t]*(;[^\r\n]*)$/im.exec(part.toString("latin1",0,blank))?.[1],name=/;[ \t]*name="([^"]*)"/i.
exec(disposition??"")?.[1];if(!(disposition===void 0||name===void 0)){if(/;[ \t]*filename\*?=/i.test(disposition))return"file";try{let value=new TextDecoder(
"utf-8",{fatal:!0,ignoreBOM:!0}).decode(part.subarray(blank+4));return[Buffer.from(name,"latin1").toString("utf8"),value]}catch{return}}}function lookUp(body,path){let value=body;for(let step3 of path.split(".")){if(!isObject(value)||!Object.hasOwn(value,step3))return;value=value[step3]}
return value}function isObject(value){return typeof value=="object"&&value!==null}function isText(value){return typeof value=="string"}var deepest=100;function parseBody(raw,contentType,formats){if(raw.byteLength===0&&formats.includes("empty"))return{kind:"parsed",body:{}};let usable=formatsFor(
contentType,formats);if(usable.length===0)return refused("unsupported-media-type");if(raw.byteLength===0)return refused("empty-body");if(usable.
includes("xml"))return parseXml(raw);if(usable.some(one=>one.startsWith("form")))return parseFormBody(raw,contentType,usable);let json=usable[0]===
"ndjson"?refused("invalid-json"):parseJson(raw);return json.kind==="refused"&&json.cause==="invalid-json"&&usable.includes("ndjson")?parseLines(
raw):json}function parseFormBody(raw,contentType,formats){let fields=formFieldsOf(raw,contentType);if(fields===void 0)return refused("invali\
d-body");let names=formats.map(format=>format.slice(5)),json=fields.find(([name])=>name!==""&&names.includes(name))?.[1];return json!==void 0?
parseJson(Buffer.from(json,"utf8")):formats.includes("form")?{kind:"parsed",body:formObject(fields)}:refused("invalid-body")}function parseXml(raw){
let xml=decodeUtf8(raw);return xml===void 0?refused("invalid-utf8"):{kind:"parsed",body:{xml}}}function parseLines(raw){let lines=(decodeUtf8(
raw)??"").split(`
`).filter(line=>line.trim()!==""),body=[];for(let line of lines){let parsed=parseJson(Buffer.from(line));if(parsed.kind==="refused")return parsed;
body.push(parsed.body)}return{kind:"parsed",body,json:`[${lines.join()}]`}}var jsonTypes=/^$|^(application|text)\/(x-)?json$|^application\/[\w.+-]+\+json$/,
lineTypes=/^(application|text)\/(x-)?(ndjson|jsonl|json-?lines|json-seq)$/,xmlTypes=/^(application|text)\/(xml|[\w.+-]+\+xml)$/;function formatsFor(contentType,formats){
let[type="",...parameters]=(contentType??"").toLowerCase().split(/[;,]/),charset=parameters.find(one=>one.trim().startsWith("charset="))?.split(
"=")[1];if(/^\s*["']?(utf-?(16|32)|ucs)/.test(charset??""))return[];let media=type.trim();return media==="application/x-www-form-urlencoded"||
media==="multipart/form-data"?formats.filter(one=>one.startsWith("form")):jsonTypes.test(media)?formats.filter(one=>one.startsWith("json")||
one==="ndjson"):lineTypes.test(media)?formats.filter(one=>one==="ndjson"):xmlTypes.test(media)?formats.filter(one=>one==="xml"):formats.filter(
one=>one==="json-as-text")}function parseJson(raw){let text=decodeUtf8(raw);if(text===void 0)return refused("invalid-utf8");if(isTooDeep(raw))
return refused("body-too-deep");try{let body=JSON.parse(text);return/__proto__|\\u00|constructor/i.test(text)&&dropPrototypeKeys(body),{kind:"\
parsed",body,json:text}}catch{return refused("invalid-json")}}function parsedJson(raw){let parsed=parseJson(raw);return parsed.kind==="parse\
d"?parsed.body:void 0}function decodeUtf8(raw,ignoreBOM=!1){try{return new TextDecoder("utf-8",{fatal:!0,ignoreBOM}).decode(raw)}catch{return}}
var[quote,backslash,openArray,openObject,closeArray,closeObject]=Buffer.from('"\\[{]}');function isTooDeep(raw){let depth=0,inString=!1;for(let at=0;at<
raw.length;at++){let byte=raw[at];if(inString)byte===backslash?at++:byte===quote&&(inString=!1);else if(byte===quote)inString=!0;else if(byte===
openArray||byte===openObject){if(++depth>deepest)return!0}else(byte===closeArray||byte===closeObject)&&depth--}return!1}function dropPrototypeKeys(value){
if(isObject(value))for(let[key2,inner]of Object.entries(value))key2==="__proto__"||key2==="constructor"&&isObject(inner)&&Object.hasOwn(inner,
"prototype")?Reflect.deleteProperty(value,key2):dropPrototypeKeys(inner)}function formFieldsOf(raw,contentType){let boundary=boundaryOf(contentType);
return boundary===void 0?parseForm(raw):parseMultipart(raw,boundary)}var mostFields=1e3;function parseForm(raw){let text=decodeUtf8(raw,!0);
if(text===void 0)return;let fields=text.split("&").filter(field=>field!=="");if(!(fields.length>mostFields))try{return fields.map(field=>{let equals=field.
indexOf("=");return equals<0?[decode(field),""]:[decode(field.slice(0,equals)),decode(field.slice(equals+1))]})}catch{return}}function decode(text){
return decodeURIComponent(text.replaceAll("+"," "))}function formObject(fields){let values=new Map;for(let[name,value]of fields)name!=="__pr\
oto__"&&values.set(name,[...values.get(name)??[],value]);return Object.fromEntries([...values].map(([name,all])=>[name,all.length===1&&isText(
all[0])?all[0]:all]))}function refused(cause){return{kind:"refused",cause}}import{hash}from"node:crypto";var eventKey=(source2,eventId)=>`${source2}#${eventId}`;function parseEventKey(key2){let at=key2.indexOf("#");
if(!(at<1||at===key2.length-1))return{source:key2.slice(0,at),eventId:key2.slice(at+1)}}var isEventKey=value=>typeof value=="string"&&parseEventKey(
value)!==void 0,eventSortKey="EVENT",entryPrefix="LOG#",sixDigits=number7=>String(number7).padStart(6,"0"),entrySortKey=number7=>`${entryPrefix}${sixDigits(
number7)}`,isEntrySortKey=sk=>typeof sk=="string"&&sk.startsWith(entryPrefix),letterSortKey=entry=>`LETTER#${sixDigits(entry)}`,letterEntry=sk=>typeof sk==
"string"&&sk.startsWith("LETTER#")?Number(sk.slice(7)):void 0,eventAndEntries={from:eventSortKey,to:`${entryPrefix}~`},entriesOnly={from:entryPrefix,
to:`${entryPrefix}~`},notesOnly={from:"NOTE#",to:"NOTE#~"},noteSortKey=(at,id)=>`NOTE#${at.toISOString()}#${id}`,sha256Hex=data=>hash("sha25\
6",data),shardOf=(key2,shards2)=>hash("sha256",key2,"buffer").readUInt32BE(0)%shards2,shardsPerMinute=4,minuteKey=(source2,acceptedAt,shard)=>`${source2}\
#${acceptedAt.toISOString().slice(0,16)}#${shard}`,rejectionPartition=(source2,at,requestId)=>rejectionShardPartition(source2,at,shardOf(requestId,
shardsPerMinute)),rejectionShardPartition=(source2,at,shard)=>`REJECTED#${source2}#${at.toISOString().slice(0,10)}#${shard}`;var named=(all,name)=>all&&Object.hasOwn(all,name)?all[name]:void 0,sourceOf=(key2,sources)=>named(sources,parseEventKey(key2)?.source??"");import{createHash}from"node:crypto";function readField(field,event2){try{let value=typeof field=="function"?field(event2):atPlace(field,event2);return value==null||value===""?{
kind:"missing"}:{kind:"found",value}}catch{return{kind:"failed"}}}function atPlace(field,{body,headers}){let header=/^header:(.+)$/i.exec(field)?.[1];
return header===void 0?lookUp(body,field):headers[header.trim().toLowerCase()]}function describeField(field,option){return typeof field=="st\
ring"?field:`${option}()`}function rawWriter(text,body){let places=placesIn(text,body);function write2(value,name){let place=isObject(value)?places.objects.get(value):
void 0;return place!==void 0?text.slice(...place):typeof value=="number"?places.numbers.get(`${name}:${value}`)??JSON.stringify(value):!isObject(
value)||typeof value.toJSON=="function"?JSON.stringify(value):Array.isArray(value)?`[${value.map(one=>write2(one??null,name)).join(",")}]`:`\
{${Object.entries(value).filter(([,member])=>member!==void 0).map(([key2,member])=>`${JSON.stringify(key2)}:${write2(member,key2)}`).join(",")}\
}`}return part=>write2(part,"")}function placesIn(text,body){let objects2=new Map,numbers=new Map,at=0;function space(){for(;text.charCodeAt(
at)<=32;)at++}function string12(){let from=at;do at=text.indexOf('"',at+1);while(isEscaped(text,at));return at++,text.slice(from,at)}function value(parsed,name){
space();let from=at,first=text[at];if(first==='"')string12();else if(first==="{"||first==="[")members(parsed,name,first==="{"),isObject(parsed)&&
objects2.set(parsed,[from,at]);else{for(;/[^\s,\]}]/.test(text.charAt(at));)at++;typeof parsed=="number"&&numbers.set(`${name}:${parsed}`,text.
slice(from,at))}space()}function members(parsed,name,isNamed){let end=isNamed?"}":"]";at++,space();for(let index=0;text[at]!==end;index++){let key2=String(
isNamed?JSON.parse(string12()):index);isNamed&&(space(),at++);let member=isObject(parsed)&&Object.hasOwn(parsed,key2)?parsed[key2]:void 0;value(
member,isNamed?key2:name),text[at]===","&&at++,space()}at++}return value(body,""),{objects:objects2,numbers}}function isEscaped(text,at){let before=at-
1;for(;text[before]==="\\";)before--;return(at-before)%2===0}var mostParts=1e4;function splitBody(received,split){let{body,raw,headers,json}=received,whole=[{body,raw,path:""}];if(split===void 0)return whole;
try{let parts=typeof split=="string"?split==="."?body:lookUp(body,split):split(body,headers);if(parts===void 0&&typeof split=="function")return whole;
if(!Array.isArray(parts)||parts.length>mostParts||!parts.every(isObject))return;let path=typeof split=="string"&&split!=="."?split:"events",
write2=json===void 0?JSON.stringify:rawWriter(json,body);return parts.map((part,at)=>({body:part,raw:Buffer.from(write2(part)),path:`${path}\
.${at}`}))}catch{return}}var wholeOrFraction=/^(\d{1,30})(?:\.(\d{1,12}))?$/,isoTime=/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.(\d{1,12}))?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;
function normaliseVersion(value){return value instanceof Date?Number.isNaN(value.getTime())?void 0:fromTime(value.toISOString()):typeof value==
"number"?Number.isSafeInteger(value)||isShortFraction(value)?fromDecimal(String(value)):void 0:typeof value=="string"?fromDecimal(value)??fromTime(
value):void 0}function compareVersions(a,b){let[wholeA="",fractionA=""]=a.split("."),[wholeB="",fractionB=""]=b.split(".");return wholeA.length-
wholeB.length||compareText(wholeA,wholeB)||compareText(fractionA,fractionB)}function isShortFraction(value){return Number.isFinite(value)&&value>=
0&&value<Number.MAX_SAFE_INTEGER}function fromDecimal(text){let[,whole,fraction=""]=wholeOrFraction.exec(text)??[];return whole===void 0?void 0:
join(whole.replace(/^0+(?=\d)/,""),fraction)}function fromTime(text){let match=isoTime.exec(text);if(match===null)return;let[,fraction=""]=match,
hasTime=text.length>10,hasZone=/(?:z|[+-]\d\d:?\d\d)$/i.test(text.slice(10)),ms=Date.parse(hasTime&&!hasZone?`${text}Z`:text);return ms>=0?join(
String(Math.floor(ms/1e3)),fraction):void 0}function join(whole,fraction){let significant=fraction.replace(/0+$/,"");return significant===""?
whole:`${whole}.${significant}`}function compareText(a,b){return a<b?-1:a>b?1:0}async function readEvents(received){let parts=splitBody(received,received.source.split);if(parts===void 0)return invalid("invalid-body",splitPath(
received.source),mustBeList);let events=[];for(let part of parts){let read=await readEvent(part,received);if(read.kind==="invalid")return read;
events.push(read.event)}return{kind:"events",events}}async function readEvent(part,received){let{sourceName,source:source2,headers,acceptedAt,
sender}=received,checked=await checkSchema(part,source2);if(checked.kind==="invalid")return checked;let draft={source:sourceName,eventId:"",
type:sourceName,lane:"",body:checked.body,raw:part.raw,headers,acceptedAt,...sender===void 0?{}:{sender}},complain=(cause,option,field,message)=>invalid(
cause,within(part,describeField(field,option)),message),eventId=readId(source2,draft);if(typeof eventId!="string")return complain(eventId.kind===
"missing"?"missing-id":"invalid-id","id",source2.id,eventId.kind==="missing"?"is missing":"must be a text or a whole number");let foundType=source2.
type===void 0?{kind:"found",value:sourceName}:readField(source2.type,{...draft,eventId}),type=asKey(foundType,longestType),identified={...draft,
eventId,type:type??sourceName},lane=readLane(source2.lane,identified),ordered=readOrder(source2,{...identified,lane:lane??ownLane(identified)});
if("kind"in ordered)return complain("invalid-order",ordered.option,ordered.field,ordered.message);let{order,lacksVersion}=ordered,lacks=[...type===
void 0?["type"]:[],...lane===void 0?["lane"]:[],...lacksVersion?["version"]:[]];return{kind:"event",event:{...identified,lane:lane??ownLane(
identified),...order===void 0?{}:{order},...lacks.length===0?{}:{lacks}}}}async function checkSchema(part,{schema}){if(schema===void 0)return{
kind:"valid",body:part.body};try{let result=await schema.safeParseAsync(part.body);return result.success?{kind:"valid",body:result.data}:{kind:"\
invalid",cause:"invalid-body",issues:result.error.issues.slice(0,mostIssues).map(issue=>({path:within(part,issue.path.map(String).join(".")),
message:issue.message}))}}catch{return invalid("invalid-body",part.path,"could not be checked")}}var longestId=512,longestType=256,longestEntityBytes=512,
mostIssues=20,mustBeList=`must be a list of at most ${mostParts.toLocaleString("en")} events`;function readId(source2,event2){let found=readField(
source2.id,event2),own=asId(found);if(own!==void 0)return own;let other=source2.idOtherwise!==void 0&&isObject(event2.body)&&readField(source2.
idOtherwise,event2);return other&&asId(other)||(found.kind==="missing"?found:{kind:"failed"})}function asId(found){if(found.kind!=="found")return;
let{value}=found;return typeof value=="string"?asText(value,longestId):Number.isSafeInteger(value)?String(value):void 0}function asKey(found,longest){
if(found.kind!=="found")return;let{value}=found;if(!(typeof value!="string"&&!Number.isSafeInteger(value)))return isKey(String(value),longest)?
String(value):void 0}function isKey(text,longest){return Buffer.byteLength(text)<=longest&&text.isWellFormed()&&!new RegExp("\\p{Cc}","u").test(
text)}var ownLane=({source:source2,eventId})=>`${source2}#${eventId}`;function readLane(field,event2){let found=field===void 0?{kind:"missin\
g"}:readField(field,event2);if(found.kind==="missing")return ownLane(event2);let entity=found.kind==="found"?asEntity(found.value):void 0;return entity&&
`${event2.source}#${entity}`}function asEntity(value){let text=value instanceof Date&&!Number.isNaN(value.getTime())?value.toISOString():value;
return typeof text=="number"?Number.isFinite(text)?String(text):void 0:typeof text=="string"?asText(text,longestEntityBytes):void 0}function asText(text,longest){
return isKey(text,longest)?text:`sha256:${createHash("sha256").update(JSON.stringify(text)).digest("hex")}`}function readOrder({order},event2){
let{sequence:sequenceField,version:versionField}=order??{},sequence=sequenceField===void 0?void 0:asSequence(readField(sequenceField,event2));
if(sequenceField!==void 0&&sequence===void 0)return problem("order.sequence",sequenceField,"must be a whole number from 0");let version=versionField===
void 0?void 0:asVersion(readField(versionField,event2)),lacksVersion=versionField!==void 0&&version===void 0;return sequence===void 0&&version===
void 0?{lacksVersion}:{order:{...sequence===void 0?{}:{sequence},...version===void 0?{}:{version}},lacksVersion}}function problem(option,field,message){
return{kind:"problem",option,field,message}}function asSequence(found){if(found.kind!=="found")return;let{value}=found,number7=typeof value==
"string"&&/^\d{1,16}$/.test(value)?Number(value):value;return typeof number7=="number"&&Number.isSafeInteger(number7)&&number7>=0?number7:void 0}
function asVersion(found){return found.kind==="found"?normaliseVersion(found.value):void 0}function within(part,path){return[part.path,path].
filter(one=>one!=="").join(".")}function splitPath({split}){return typeof split=="string"&&split!=="."?split:"events"}function invalid(cause,path,message){
return{kind:"invalid",cause,issues:[{path,message}]}}function viewOf(request){let json=once(()=>parsedJson(request.body)),form=once(()=>formFieldsOf(request.body,request.headers["content-type"])),
query=once(()=>parseForm(Buffer.from(request.rawQuery)));return{request,header:name=>request.headers[name.toLowerCase()],field:path=>asText2(
lookUp(json(),path)),form:name=>only(form(),name),formField:path=>{let dot=path.indexOf("."),json2=only(form(),path.slice(0,Math.max(dot,0)));
return json2&&asText2(lookUp(parsedJson(Buffer.from(json2)),path.slice(dot+1)))},query:name=>only(query(),name),formFields:form}}function only(fields,name){
let[found,...others]=fields?.filter(([key2])=>key2===name)??[];return others.length===0?found?.[1]:void 0}function asText2(value){return isText(
value)?value:Number.isSafeInteger(value)?String(value):void 0}function once(make){let made;return()=>(made??={value:make()}).value}function findHandshake(handshakes,request,isSigned,context){let view=viewOf(request);for(let handshake of handshakes){if(handshake.method!==
request.method||handshake.isSigned!==isSigned)continue;let outcome=handshake.respond(view,context);if(outcome===void 0)continue;return{...outcome.
kind!=="keep-secret"||handshake.keepsSecret===!0?outcome:{kind:"refused"},name:handshake.name}}}var handshakePrefix="handshake:",pairingPrefix="pairing:",isForSigning=entry=>!entry.startsWith(handshakePrefix)&&!entry.startsWith(pairingPrefix),
byPurpose=list=>({signing:list.filter(isForSigning),handshake:list.filter(entry=>entry.startsWith(handshakePrefix)).map(entry=>entry.slice(handshakePrefix.
length))});var digits={s:/^\d{1,11}$/,ms:/^\d{1,14}$/},rfc3339=/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;function readTimestamp(text,unit){
if(unit==="iso"){let ms=rfc3339.test(text)?Date.parse(text):NaN;return Number.isNaN(ms)?void 0:ms}if(digits[unit].test(text))return unit==="\
s"?Number(text)*1e3:Number(text)}var longestMs=24*3600*1e3;function isPairingOpen(list,now){let[only2=""]=list;if(list.length!==1||!only2.startsWith(pairingPrefix))return!1;
let leftMs=(readTimestamp(only2.slice(pairingPrefix.length),"iso")??0)-now.getTime();return leftMs>0&&leftMs<=longestMs}var secret=/^[\x21-\x7e]{16,1024}$/,
canBeKept=text=>secret.test(text)&&isForSigning(text);var Unreachable=class extends Error{name="Unreachable";dependency;constructor(dependency,cause){super(`the ${dependency} cannot be reached`,
{cause}),this.dependency=dependency}};async function reaching(dependency,work){try{return await work}catch(error){throw new Unreachable(dependency,
error)}}var KeysUnreachable=class extends Error{name="KeysUnreachable"};async function verifyRequest(request,source2,secrets,now){let verify=known2=>check(verifiable(request,source2),source2,known2,now);if(!source2.
verify.needsSecret)return await verify([]);let owner=source2.secrets??request.sourceName,known=await reaching("secrets",secrets.read(owner)),
verdict=await verify(known);if(verdict.verified||verdict.cause!=="wrong-signature"&&verdict.cause!=="no-secret")return verdict;let anew=await reaching(
"secrets",secrets.refresh(owner));return anew===known?verdict:await verify(anew)}function verifiable(request,{publicUrl}){let{method,path,rawQuery,
headers,body,sourceIp,caller}=request;return{method,path,rawQuery,headers,body,sourceIp,...publicUrl===void 0?{}:{publicUrl},...caller===void 0?
{}:{caller}}}async function check(request,{verify},secrets,now){try{return await verify.verify(request,secrets,now)}catch(error){throw error instanceof
KeysUnreachable?new Unreachable("keys",error):error}}var deliversBy=(method,{methods})=>methods.some(one=>one===method),takesMethod=(method,source2)=>deliversBy(method,source2)||(source2.handshakes??
[]).some(one=>one.method===method);async function answerHandshake(request,source2,when,deps){let isSigned=when==="after-verification",possible=(source2.
handshakes??[]).filter(one=>one.isSigned===isSigned&&one.method===request.method);if(possible.length===0)return;let{secrets,callBack,now}=deps,
owner=source2.secrets??request.sourceName,reads=source2.verify.needsSecret?[secrets.read(owner),secrets.readForHandshake(owner)]:[],[known=[],
handshakeSecrets=[]]=await reaching("secrets",Promise.all(reads)),context={secrets:known,handshakeSecrets,now:now()},outcome=findHandshake(possible,
verifiable(request,source2),isSigned,context);switch(outcome?.kind){case void 0:return;case"answer":return{kind:"handshake",name:outcome.name,
answer:outcome.answer};case"call":return await reaching("sender",callBack(outcome.url)),{kind:"handshake",name:outcome.name,answer:outcome.answer};case"\
keep-secret":return await pair(owner,outcome.secret,deps)?{kind:"handshake",name:outcome.name,answer:outcome.answer}:{kind:"refused",cause:"\
handshake-refused"};case"refused":return{kind:"refused",cause:"handshake-refused"}}}async function pair(owner,secret2,deps){let{secrets,keepSecret,
now}=deps;if(!canBeKept(secret2)||!await reaching("secrets",secrets.isPairing(owner)))return!1;let kept=await reaching("secrets",keepSecret(
owner,secret2,now()));return secrets.forget(owner),kept==="kept"}import*as z2 from"zod";import*as z from"zod";var UnreadableItem=class extends Error{name="UnreadableItem";about;constructor(item2,cause){super(`${String(item2.pk)} ${String(item2.sk)} c\
annot be read`,{cause});let{pk,sk,key:key2,lane}=item2;this.about=[sk==="LANE"?lane:void 0,key2,pk].find(isEventKey)??`unknown#${String(pk)}`}};
function readable(schema,item2){let parsed=schema.safeParse(item2);if(!parsed.success)throw new UnreadableItem(item2,parsed.error);return parsed.
data}function fromJson(json,{issues}){try{return JSON.parse(json)}catch{return issues.push({code:"custom",input:json,message:"no JSON"}),z.NEVER}}var common={number:z2.int().positive(),at:z2.coerce.date(),actor:z2.string(),generation:z2.int().nonnegative(),replay:z2.int().nonnegative(),
attempt:z2.int().nonnegative(),nonce:z2.string(),lane:z2.string().optional()},recordedError=z2.object({name:z2.string(),message:z2.string()}),
failureCauses=["attempts-exhausted","permanent-error","at-most-once","body-expired","lease-expired","gap"],entrySchema=z2.discriminatedUnion(
"state",[z2.object({...common,state:z2.literal("processing"),leaseUntil:z2.coerce.date(),worker:z2.string()}),z2.object({...common,state:z2.literal(
"retrying"),nextAt:z2.coerce.date(),parked:z2.boolean().optional(),error:recordedError,durationMs:z2.number().optional()}),z2.object({...common,
state:z2.literal("waiting"),position:z2.string(),reason:z2.string(),needs:z2.array(z2.string()).optional(),until:z2.coerce.date().optional(),
because:z2.enum(["paused"]).optional()}),z2.object({...common,state:z2.literal("reopened"),by:z2.enum(["redelivery","redrive","replay"]),reason:z2.string().
optional(),acceptedAt:z2.coerce.date().optional()}),z2.object({...common,state:z2.literal("processed"),result:z2.string().transform(fromJson).
optional(),durationMs:z2.number()}),z2.object({...common,state:z2.literal("ignored"),reason:z2.string(),durationMs:z2.number()}),z2.object({
...common,state:z2.literal("superseded"),reason:z2.string(),comparedTo:z2.string()}),z2.object({...common,state:z2.literal("failed"),cause:z2.enum(
failureCauses),error:recordedError.optional(),durationMs:z2.number().optional()}),z2.object({...common,state:z2.literal("quarantined"),error:recordedError.
optional()}),z2.object({...common,state:z2.literal("discarded"),reason:z2.string()}),z2.object({...common,state:z2.literal("resolved"),reason:z2.string()})]),
entryStates=entrySchema.options.map(option=>option.shape.state.value),finalStates=["processed","ignored","superseded","discarded","resolved"],
isFinal=state=>finalStates.includes(state),needsRepair=state=>state==="failed"||state==="quarantined",isAtRest=state=>isFinal(state)||needsRepair(
state),parseEntry=item2=>readable(entrySchema,item2),following=newest=>({number:(newest?.number??0)+1,generation:newest?.generation??0,replay:newest?.
replay??0,attempt:newest?.attempt??0});var problemType="application/problem+json",problemDocument=(cause,problem3,more={})=>({type:`urn:hooklane:problem:${cause}`,...problem3,cause,
...more});var badBody=detail=>({status:400,title:"The body cannot be used",detail}),comeAgain=detail=>({status:503,title:"Temporarily unavailable",detail}),
nothingWasAcknowledged="Nothing was acknowledged; send the request again.",problems={"unknown-source":{status:404,title:"Unknown source",detail:"\
There is no source of this name."},"wrong-route":{status:404,title:"Wrong address",detail:"This source takes nothing at this address: own se\
rvices send to /events/, all others to /webhooks/."},"method-not-allowed":{status:405,title:"Method not allowed",detail:"This source does no\
t take webhooks by this method."},"body-too-large":{status:413,title:"The body is too large",detail:"The body is larger than this source tak\
es."},"unsupported-media-type":{status:415,title:"Unsupported media type",detail:"This source does not take bodies of this content type or e\
ncoding."},"signature-refused":{status:401,title:"Not verified",detail:"The request does not prove that it comes from this source."},"handsh\
ake-refused":{status:403,title:"Handshake refused",detail:"The request does not fit the handshake of this source."},"rate-limited":{status:429,
title:"Too many requests",detail:"The limit of this window is used up."},"empty-body":badBody("The body is empty."),"invalid-utf8":badBody("\
The body is not valid UTF-8."),"invalid-json":badBody("The body is not valid JSON."),"body-too-deep":badBody("The body is nested too deeply."),
"invalid-body":badBody("The body does not have the form that this source expects."),"missing-id":badBody("The event has no id where this sou\
rce expects it."),"invalid-id":badBody("The id of the event cannot be used."),"invalid-order":badBody("The number or time that orders the ev\
ent cannot be used."),"ledger-unreachable":comeAgain(`Events cannot be stored at the moment. ${nothingWasAcknowledged}`),"queue-unreachable":comeAgain(
`Events cannot be queued at the moment. ${nothingWasAcknowledged}`),"secrets-unreachable":comeAgain(`Requests cannot be verified at the mome\
nt. ${nothingWasAcknowledged}`),"keys-unreachable":comeAgain(`The sender's keys cannot be fetched at the moment. ${nothingWasAcknowledged}`),
"sender-unreachable":comeAgain(`The address to confirm does not answer. ${nothingWasAcknowledged}`),"internal-error":{status:500,title:"Inte\
rnal error",detail:nothingWasAcknowledged}},signatureCauses={"no-secret":!0,"missing-signature":!0,"malformed-signature":!0,"wrong-signature":!0,
"timestamp-expired":!0,"timestamp-in-future":!0},isSignatureCause=cause=>Object.hasOwn(signatureCauses,cause),problemCause=cause=>isSignatureCause(
cause)?"signature-refused":cause;function answer(outcome,context){let{status,headers={},body}=answerOf(outcome,context);return{status,headers:{...headers,"x-correlation-id":context.
correlationId},...body===void 0?{}:{body}}}function answerOf(outcome,context){switch(outcome.kind){case"refused":return context.emptyRefusals===
!0?empty(refusal(outcome,context)):refusal(outcome,context);case"unavailable":{let{because}=outcome,cause=because==="failure"?"internal-erro\
r":`${because}-unreachable`;return problem2(cause,context,{"retry-after":String(retryAfterSeconds)})}case"handshake":return outcome.answer;case"\
taken":return answerOfSource(outcome,standardAnswer(outcome,context),context)}}var retryAfterSeconds=5;function refusal({cause,issues,limit},context){
if(limit){let{retryAfterSeconds:seconds,windowSeconds}=limit,rate={retry_after:seconds,limit:limit.limit,window:windowSeconds};return problem2(
"rate-limited",context,{"retry-after":String(seconds)},rate)}let headers=cause==="method-not-allowed"?{allow:(context.methods??["POST"]).join(
", ")}:{};return problem2(problemCause(cause),context,headers,issues&&{errors:issues})}function empty({status,headers={}}){let kept=Object.entries(
headers).filter(([name])=>name!=="content-type");return{status,headers:Object.fromEntries(kept)}}function problem2(cause,{correlationId},headers={},more={}){
return{status:problems[cause].status,headers:{...headers,"content-type":problemType},body:problemDocument(cause,problems[cause],{correlationId,
...more})}}var mostAnsweredBytes=55e5,mostWithResults=100;function standardAnswer({sourceName,source:source2,events},context){let{correlationId,
processingTimeMs}=context,common2={correlationId,processingTimeMs},[only2]=events;if(events.length!==1||!only2){let isLong=events.length>mostWithResults,
outcomes=events.map(event2=>eventAnswer(isLong?{...event2,result:void 0}:event2));return{status:202,body:{status:"accepted",source:sourceName,
events:outcomes,...common2}}}return{status:only2.status==="duplicate"?source2.duplicates.status:202,body:{...eventAnswer(only2),source:sourceName,
...common2}}}function eventAnswer({status,eventId,lane,state,result}){return{status,eventId,lane,...state===void 0?{}:{state},...state!==void 0&&
isFinal(state)?{cached:!0,result}:{}}}function answerOfSource({source:source2,events,body,headers},standard,context){if(!source2.respond)return standard;
let{correlationId,processingTimeMs}=context;try{let own=source2.respond({events,correlationId,processingTimeMs,body,headers,standard});if(!Number.
isInteger(own.status)||own.status<200||own.status>599)throw new Error("no status");let asText3=JSON.stringify(JSON.stringify(own.body));if(Buffer.
byteLength(asText3??"")>mostAnsweredBytes)throw new Error("the body is too large");return own}catch(error){return context.log.error("respond\
 of the source threw; the standard answer was given",{reason:String(error)}),standard}}var validCorrelationId=/^[A-Za-z0-9._:-]{1,128}$/;function correlationIdOf(headers,newId){let sent=headers["x-correlation-id"];return sent!==
void 0&&validCorrelationId.test(sent)?sent:newId()}var validTraceParent=/^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
function traceParentOf(headers){let sent=headers.traceparent;return sent!==void 0&&validTraceParent.test(sent)?sent:void 0}function contentEncodingOf({headers}){let encoding=headers["content-encoding"]?.trim().toLowerCase()??"";if(!(encoding===""||encoding==="ide\
ntity"))return encoding.slice(0,40)}function delivered(request){let{method,rawQuery,headers,body}=request;if(method==="POST"||body.byteLength>
0)return{raw:body,headers};let form={...headers,"content-type":"application/x-www-form-urlencoded"};return{raw:Buffer.from(rawQuery),headers:form}}function countsOf(outcome,processingTimeMs){switch(outcome.kind){case"refused":return refusal2(problems[problemCause(outcome.cause)].status);case"\
unavailable":return{Unavailable:1};case"handshake":return{Handshakes:1};case"taken":{let{length:Duplicates}=outcome.events.filter(({status})=>status===
"duplicate");return{Accepted:outcome.events.length-Duplicates,Duplicates,AcknowledgedMs:processingTimeMs,SignatureBalance:-1}}}}function refusal2(status){
return{[`Refused${status}`]:1,...status===401&&{SignatureBalance:1}}}var hashedBytes=5*1024*1024;function rejectionOf({body,sourceIp,requestId,caller},outcome,sourceName,at){return{source:sourceName??"unknown",
at,requestId,...outcome.kind==="refused"?{cause:outcome.cause,status:problems[problemCause(outcome.cause)].status}:{cause:"handshake",status:outcome.
answer.status},...body.byteLength>hashedBytes?{}:{bodySha256:sha256Hex(body)},bodyBytes:body.byteLength,ip:sourceIp,...caller===void 0?{}:{sender:caller}}}import{SendMessageBatchCommand,SendMessageCommand}from"@aws-sdk/client-sqs";var laneGroup=lane=>sha256Hex(lane);import*as z3 from"zod";var event=z3.custom(isEventKey),laneMessageSchema=z3.object({event,generation:z3.int().nonnegative()}),letterSchema=z3.object({deadLetter:event,
entry:z3.int().positive(),copy:z3.string().min(1).max(64)});function parseMessage(body){let json=parseJson2(body),lane=laneMessageSchema.safeParse(
json);if(lane.success)return{kind:"lane",...lane.data};let letter=letterSchema.safeParse(json);return letter.success?{kind:"letter",...letter.
data}:{kind:"junk"}}function parseJson2(body){try{return JSON.parse(body)}catch{return}}var deduplicationId=(event2,generation,purpose)=>sha256Hex(
JSON.stringify([event2,generation,purpose]));function laneMessageSender({sqs,queueUrl}){return async message=>{await sqs.send(new SendMessageCommand({QueueUrl:queueUrl,...toSqs(message)}))}}
var mostInBatch=10;function laneMessagesSender(deps){let sendOne=laneMessageSender(deps);return async([first,...others])=>{if(first===void 0)
return;if(others.length===0){await sendOne(first);return}let Entries=[first,...others].map((message,index)=>({Id:String(index),...toSqs(message)})),
{Failed:[refused3]=[]}=await deps.sqs.send(new SendMessageBatchCommand({QueueUrl:deps.queueUrl,Entries}));if(refused3)throw new Error(`SQS r\
efused a message of a batch: ${refused3.Code} ${refused3.Message}`)}}function toSqs({event:event2,generation,lane,purpose}){return{MessageBody:JSON.
stringify({event:event2,generation}),MessageGroupId:laneGroup(lane),MessageDeduplicationId:deduplicationId(event2,generation,purpose)}}var letterSender=({
newId,...deps})=>async({event:event2,entry,lane})=>{let letter={deadLetter:event2,entry,copy:newId()},deduplication=sha256Hex(JSON.stringify(
[event2,entry]));await sendToFeeder(JSON.stringify(letter),laneGroup(lane),deduplication,deps)},forwarder=deps=>async({messageId,body,groupId=messageId})=>await sendToFeeder(
body,groupId,messageId,deps);async function sendToFeeder(body,group,deduplication,{sqs,feederUrl}){if(feederUrl===void 0)throw new Error("th\
is function sends no dead letters");await sqs.send(new SendMessageCommand({QueueUrl:feederUrl,MessageBody:body,MessageGroupId:group,MessageDeduplicationId:deduplication}))}async function sideBySide(lines,atOnce2,work){let left=lines.values(),hasFailed=!1;async function serve(){for(let line of left)for(let input of line){
if(hasFailed)return;await work(input)}}let workers=Array.from({length:atOnce2},()=>serve().catch(error=>{throw hasFailed=!0,error})),failure=(await Promise.
allSettled(workers)).find(worker=>worker.status==="rejected");if(failure)throw failure.reason}import{PutCommand as PutCommand2}from"@aws-sdk/lib-dynamodb";import{PutCommand,TransactWriteCommand}from"@aws-sdk/lib-dynamodb";import{TransactionInProgressException}from"@aws-sdk/client-dynamodb";var keyIsFree="attribute_not_exists(pk)",putOnce=(table,item2)=>({TableName:table,Item:item2,ConditionExpression:keyIsFree,ReturnValuesOnConditionCheckFailure:"\
ALL_OLD"});var transitions={pending:["processing","waiting","superseded","failed"],processing:["processed","ignored","retrying","failed","quarantined",
"processing","waiting","superseded"],retrying:["processing","waiting","superseded","failed","reopened","discarded","resolved"],waiting:["pro\
cessing","waiting","superseded","failed","discarded"],reopened:["processing","waiting","superseded","failed","discarded"],failed:["reopened",
"discarded","resolved"],quarantined:["reopened","discarded","resolved"],processed:["reopened"],ignored:["reopened"],superseded:[],discarded:[],
resolved:[]},mayBecome=(from,to)=>transitions[from].includes(to);function refuseUnlessAllowed(from,to){if(!mayBecome(from,to))throw new Error(
`an event cannot become ${to} when it is ${from}`)}var operatorMay={redrive:state=>!isFinal(state)&&mayBecome(state,"reopened"),replay:state=>isFinal(
state)&&mayBecome(state,"reopened"),discard:state=>mayBecome(state,"discarded"),resolve:state=>mayBecome(state,"resolved")};import{ConditionalCheckFailedException,TransactionCanceledException}from"@aws-sdk/client-dynamodb";import{unmarshall}from"@aws-sdk/util-dynamodb";
function conditionFailure(error){if(error instanceof ConditionalCheckFailedException)return{item:error.Item&&unmarshall(error.Item)}}var codes={
None:"none",ConditionalCheckFailed:"condition",TransactionConflict:"conflict",ValidationError:"invalid",ItemCollectionSizeLimitExceeded:"inv\
alid"};function cancellations(error){if(error instanceof TransactionCanceledException)return(error.CancellationReasons??[]).map(({Code="None",
Item:item2})=>({code:codes[Code]??"throttled",item:item2&&unmarshall(item2)}))}var conflictPausesMs=[20,50,120,300,1e3];async function append(key2,newest,decided2,alongside,deps){refuseUnlessAllowed(newest?.state??"pend\
ing",decided2.state);let entry={...following(newest),...decided2,at:deps.now(),nonce:decided2.nonce??deps.newId()},put=putOnce(deps.ledgerTable,
toEntryItem(key2,entry)),lane=alongside.lane??[],effects=alongside.effects??[],items=[...lane,...effects,...alongside.upkeep??[]];if(items.length===
0)return await appendAlone(put,entry,deps);let transaction=new TransactWriteCommand({ClientRequestToken:deps.newId(),TransactItems:[{Put:put},
...items]});for(let tries=0;;tries++)try{return await deps.dynamodb.send(transaction),{kind:"appended",entry}}catch(error){let reasons=cancellations(
error);if(effects.length>0&&isRefused(error))return{kind:"effects-refused",reason:error.message};if(!reasons&&!(error instanceof TransactionInProgressException))
throw error;let outcome=reasons&&readCancellation(reasons,entry,lane.length,effects.length);if(outcome)return outcome;let pauseMs=conflictPausesMs[tries];
if(pauseMs===void 0)throw error;await deps.sleep(pauseMs)}}function isRefused(error){let names=["ValidationException","AccessDeniedException",
"ResourceNotFoundException"];return error instanceof Error&&names.includes(error.name)}async function appendAlone(put,entry,deps){try{return await deps.
dynamodb.send(new PutCommand(put)),{kind:"appended",entry}}catch(error){let failure=conditionFailure(error);if(!failure)throw error;return takenBy(
failure.item,entry)}}function readCancellation(reasons,entry,laneItems,effectItems){let[own,...rest]=reasons;if(own?.code==="condition")return takenBy(
own.item,entry);if(rest.slice(0,laneItems).some(({code})=>code==="condition"||code==="conflict"))return{kind:"lane-moved"};let effects=rest.
slice(laneItems,laneItems+effectItems),refused3=effects.findIndex(({code})=>code==="condition"||code==="invalid");if(refused3===-1)return;let how=effects[refused3]?.
code==="condition"?"its condition failed":"DynamoDB calls it invalid";return{kind:"effects-refused",reason:`item ${refused3} of ctx.transact\
: ${how}`}}function takenBy(item2,entry){let by=item2&&parseEntry(item2);return by?.nonce===entry.nonce?{kind:"appended",entry}:{kind:"fence\
d",by}}function toEntryItem(key2,entry){let fields=Object.entries(entry).map(([name,value])=>[name,value instanceof Date?value.toISOString():
value]),attributes=Object.fromEntries(fields),{result}=attributes,asText3=result===void 0?{}:{result:JSON.stringify(result)};return{pk:key2,
sk:entrySortKey(entry.number),...attributes,...asText3}}import{gunzipSync,gzipSync}from"node:zlib";var inlineLimitBytes=16*1024;async function packBody(raw,key2,objects2){let body=gzipSync(raw);if(body.byteLength<=inlineLimitBytes)return{body};let bodyKey=`bodies/${sha256Hex(
key2)}/${sha256Hex(raw)}`;return await objects2.put(bodyKey,body),{bodyKey}}async function unpackBody(stored,objects2){let packed=stored.body??
(stored.bodyKey===void 0?void 0:await objects2.get(stored.bodyKey));return packed&&gunzipSync(packed)}import*as z4 from"zod";var eventItemSchema=z4.object({source:z4.string(),eventId:z4.string(),type:z4.string(),lane:z4.string().optional(),body:z4.instanceof(Uint8Array).
optional(),bodyKey:z4.string().optional(),bodySha256:z4.string(),bodyBytes:z4.number(),headers:z4.record(z4.string(),z4.string()),acceptedAt:z4.coerce.
date(),expiresAt:z4.number().transform(seconds=>new Date(seconds*1e3)),correlationId:z4.string(),traceParent:z4.string().optional(),order:z4.object(
{sequence:z4.number().optional(),version:z4.string().optional()}).optional(),sender:z4.string().optional(),lacks:z4.array(z4.string()).optional(),
nonce:z4.string()});function parseEventItem(item2){let event2=readable(eventItemSchema,item2);return{...event2,lane:event2.lane??eventKey(event2.
source,event2.eventId)}}function toEventItem(event2,body){let key2=eventKey(event2.source,event2.eventId),{source:source2,eventId,type,headers,
correlationId,nonce}=event2;return{pk:key2,sk:eventSortKey,source:source2,eventId,type,...event2.lane===key2?{}:{lane:event2.lane},minute:minuteKey(
source2,event2.acceptedAt,shardOf(event2.lane,shardsPerMinute)),...body,bodySha256:sha256Hex(event2.raw),bodyBytes:event2.raw.byteLength,headers,
acceptedAt:event2.acceptedAt.toISOString(),expiresAt:Math.floor(event2.expiresAt.getTime()/1e3),correlationId,...event2.traceParent===void 0?
{}:{traceParent:event2.traceParent},...event2.order===void 0?{}:{order:event2.order},...event2.sender===void 0?{}:{sender:event2.sender},...event2.
lacks===void 0?{}:{lacks:event2.lacks},nonce}}import*as z5 from"zod";var noteSchema=z5.object({at:z5.coerce.date(),actor:z5.string(),what:z5.enum(["duplicate","fenced","refused","late-copy","released","dead-le\
ttered","paused","resumed"]),reason:z5.string().optional(),sameBody:z5.boolean().optional(),answered:z5.string().optional(),attempt:z5.number().
optional(),correlationId:z5.string().optional(),sender:z5.string().optional(),copy:z5.string().optional(),messageId:z5.string().optional()}),
parseNote=item2=>readable(noteSchema,item2),toNoteItem=(key2,note,id)=>item(key2,noteSortKey(note.at,id),note),toLetterItem=(key2,entry,note)=>item(
key2,letterSortKey(entry),note),item=(pk,sk,note)=>({pk,sk,...note,at:note.at.toISOString()});import{QueryCommand}from"@aws-sdk/lib-dynamodb";var fewThenMany={first:5,others:100};async function*queryPages(dynamodb,query,sizes){let start;
do{let page=await dynamodb.send(new QueryCommand({...query,...sizes?{Limit:start?sizes.others:sizes.first}:{},...start?{ExclusiveStartKey:start}:
{}}));yield page.Items??[],start=page.LastEvaluatedKey}while(start)}var laneOf=({event:event2,entries})=>entries[0]?.lane??event2?.lane,mostNotes=2e3,rejectionRetentionSeconds=2160*3600;function createLedger(deps){
let{dynamodb,ledgerTable:ledgerTable2}=deps;async function query(key2,range,newestFirst){let items=[],most=newestFirst?.most??1/0,pages=queryPages(
dynamodb,{TableName:ledgerTable2,KeyConditionExpression:"pk = :pk AND sk BETWEEN :from AND :to",ExpressionAttributeValues:{":pk":key2,":from":range.
from,":to":range.to},ConsistentRead:!0,...newestFirst?{ScanIndexForward:!1,Limit:most}:{}});for await(let page of pages)if(items.push(...page),
items.length>=most)break;return items.slice(0,most)}async function read(key2){let items=await query(key2,eventAndEntries),eventItem=items.find(
({sk})=>sk===eventSortKey),entries=items.filter(({sk})=>isEntrySortKey(sk)).map(parseEntry),letters=items.filter(({sk})=>letterEntry(sk)!==void 0);
return{record:{event:eventItem&&parseEventItem(eventItem),entries,lettersOf:letters.flatMap(({sk})=>letterEntry(sk)??[])},letters}}async function newest(key2){
let[item2]=await query(key2,entriesOnly,{most:1});return item2&&parseEntry(item2)}async function putOwn(item2){try{await dynamodb.send(new PutCommand2(
putOnce(ledgerTable2,item2)))}catch(error){if(!conditionFailure(error))throw error}}return{async accept(event2){let key2=eventKey(event2.source,
event2.eventId),item2=toEventItem(event2,await packBody(event2.raw,key2,deps.objects));try{return await dynamodb.send(new PutCommand2(putOnce(
ledgerTable2,item2))),{kind:"accepted"}}catch(error){let failure=conditionFailure(error);if(!failure?.item)throw error;let stored=parseEventItem(
failure.item);if(stored.nonce===event2.nonce)return{kind:"accepted"};let sameBody=stored.bodySha256===sha256Hex(event2.raw);return{kind:"dup\
licate",stored,newest:await newest(key2),sameBody}}},read:async key2=>(await read(key2)).record,async readWithNotes(key2){let[{record:record4,
letters},notes]=await Promise.all([read(key2),query(key2,notesOnly,{most:mostNotes})]);return{...record4,notes:[...letters,...notes.reverse()].
map(parseNote),more:notes.length===mostNotes}},newest,readBody:event2=>unpackBody(event2,deps.objects),append:(key2,newest2,entry,alongside={})=>append(
key2,newest2,entry,alongside,deps),async note(key2,note){await putOwn(toNoteItem(key2,{...note,at:deps.now()},deps.newId()))},notePut:(key2,note)=>({
Put:putOnce(ledgerTable2,toNoteItem(key2,{...note,at:deps.now()},deps.newId()))}),letterPut:(key2,entry,note)=>({Put:putOnce(ledgerTable2,toLetterItem(
key2,entry,{...note,at:deps.now()}))}),async reject({at,...rejection}){let item2={pk:rejectionPartition(rejection.source,at,rejection.requestId),
sk:`${at.toISOString()}#${rejection.requestId}`,...rejection,at:at.toISOString(),expiresAt:Math.floor(at.getTime()/1e3)+rejectionRetentionSeconds};
await putOwn(item2)}}}function laneRules(options){let{onExhausted,holdForSeconds,order={}}=options;return{onExhausted,...holdForSeconds===void 0?{}:{holdForSeconds},
sequence:order.sequence!==void 0,start:order.start??1,version:order.version!==void 0,after:order.after??{},gapTimeoutSeconds:order.gapTimeoutSeconds??
3600,onGap:order.onGap??"run"}}var isPrerequisite=(type,rules)=>Object.values(rules.after).some(types=>types.includes(type));async function readEventInLane(key2,sourceName,source2,deps,groupId){let[record4,ofGroup]=await Promise.all([deps.ledger.read(key2),groupId===
void 0?void 0:deps.lanes.readGroup(groupId)]),laneName=laneOf(record4)??key2,newest=record4.entries.at(-1),lane=groupId===laneGroup(laneName)&&
!waitsInLedger(newest)?ofGroup:await deps.lanes.read(laneName);return{key:key2,sourceName,rules:laneRules(source2),record:record4,newest,laneName,
lane}}var waitsInLedger=newest=>newest?.state==="waiting"||newest?.state==="retrying"&&newest.parked===!0;function orderFactsOf({key:key2,record:{
event:event2,entries},newest}){return{key:key2,type:event2?.type??"",sequence:event2?.order?.sequence,version:event2?.order?.version,started:entries.
some(hadItsPlace),replayed:(newest?.replay??0)>0}}function parkedAt({key:key2,newest,lane}){return newest?.state==="waiting"&&lane!==void 0&&
lane.turn!==key2?newest.position:void 0}var hadItsPlace=entry=>entry.state==="processing"||entry.state==="failed"&&entry.cause==="gap";import*as z6 from"zod";var dueShards=4,dueIndex="by-due",duePartition=shard=>`DUE#${shard}`,promisedWithinSeconds=180,dueAttributes=(name,dueAt)=>dueAt===void 0?{}:
{due:duePartition(shardOf(name,dueShards)),dueAt:dueAt.toISOString()},sooner=(a,b)=>a===void 0||b!==void 0&&b<a?b:a,after=(now,seconds)=>new Date(
now.getTime()+seconds*1e3);var attentionShards=4,attentionPartition=shard=>`ATTENTION#${shard}`,attentionSchema=z6.object({key:z6.custom(isEventKey),source:z6.string(),
lane:z6.string(),reason:z6.string(),at:z6.coerce.date(),entry:z6.number(),dueAt:z6.coerce.date().optional()}),attentionKey=key2=>({pk:attentionPartition(
shardOf(key2,attentionShards)),sk:key2});function raiseAttention(stateTable2,attention){let{at,dueAt,...fields}=attention,due=dueAttributes(
attention.key,dueAt);return{Put:{TableName:stateTable2,Item:{...attentionKey(attention.key),...fields,at:at.toISOString(),...due}}}}var clearAttention=(stateTable2,key2)=>({
Delete:{TableName:stateTable2,Key:attentionKey(key2)}}),letterArrived=(stateTable2,key2,entry)=>({Update:{TableName:stateTable2,Key:attentionKey(
key2),UpdateExpression:"REMOVE #due, dueAt",ConditionExpression:"#entry = :entry",ExpressionAttributeNames:{"#due":"due","#entry":"entry"},ExpressionAttributeValues:{
":entry":entry}}}),unreadableAgainSeconds=3600,unreadableReason="unreadable-item",raiseUnreadable=(stateTable2,key2,now)=>{let raised=raiseAttention(
stateTable2,{key:key2,source:parseEventKey(key2)?.source??"",lane:key2,reason:unreadableReason,at:now,entry:0,dueAt:after(now,unreadableAgainSeconds)});
return withCondition(raised,{ConditionExpression:"attribute_not_exists(pk)"})},whileUnreadable=item2=>withCondition(item2,{ConditionExpression:"\
reason = :unreadable",ExpressionAttributeValues:{":unreadable":unreadableReason}}),withCondition=({Put,Delete},condition)=>({...Put&&{Put:{...Put,
...condition}},...Delete&&{Delete:{...Delete,...condition}}});import*as z7 from"zod";var forgottenLetters="LETTER",keptSeconds=336*3600,forgottenSchema=z7.object({key:z7.custom(isEventKey),entry:z7.number(),at:z7.coerce.date()}),
forgetLetter=(stateTable2,key2,entry,now)=>({Put:{TableName:stateTable2,Item:{pk:forgottenLetters,sk:key2,key:key2,entry,at:now.toISOString(),
expiresAt:Math.floor(now.getTime()/1e3)+keptSeconds}}}),letterIsGone=(stateTable2,key2)=>({Delete:{TableName:stateTable2,Key:{pk:forgottenLetters,
sk:key2}}});var run={kind:"run"};function admit(event2,lane,rules){if(lane?.turn!==void 0&&lane.turn!==event2.key)return{kind:"wait",because:"turn",reason:`\
the turn is on ${lane.turn}`};let stale=staleness(event2,lane?.latest,rules);if(lane?.turn===event2.key)return stale??lateness(event2,lane.next,
rules)??run;let inSequence=bySequence(event2,lane?.next,rules);return inSequence?.kind==="wait"?inSequence:stale??inSequence??byTypes(event2,
lane,rules)??run}function staleness(event2,latest,rules){if(!(!rules.version||event2.replayed||event2.version===void 0||latest===void 0)&&!(compareVersions(
event2.version,latest)>=0))return{kind:"superseded",reason:"stale",comparedTo:`version ${latest}`}}function bySequence(event2,next,rules){let{
sequence}=event2;if(!rules.sequence||sequence===void 0)return;let due=next??(rules.start===1?1:sequence);return sequence>due?{kind:"wait",because:"\
gap",reason:`number ${due} has not been seen`}:lateness(event2,due,rules)}function lateness(event2,due,rules){let{sequence,started,replayed}=event2;
if(!(!rules.sequence||sequence===void 0||due===void 0||sequence>=due)&&!(started||replayed))return{kind:"superseded",reason:"late",comparedTo:`\
number ${due}`}}function byTypes(event2,lane,rules){let isSettled=type=>(named(lane?.wanted,type)??0)>(event2.tick??1/0);if(event2.needs)return event2.
needs.some(isSettled)?void 0:waitFor(event2.needs);if(event2.started)return;let missing=(named(rules.after,event2.type)??[]).filter(type=>lane?.
done?.includes(type)!==!0&&!isSettled(type));return missing.length===0?void 0:waitFor(missing)}var waitFor=needs=>({kind:"wait",because:"gap",
reason:`waits for ${needs.join(", ")}`,needs});import*as z8 from"zod";var key=z8.custom(isEventKey),laneSchema=z8.object({lane:z8.string(),version:z8.string(),turn:key.optional(),holdUntil:z8.coerce.date().optional(),
gapUntil:z8.coerce.date().optional(),waiting:z8.int().nonnegative(),next:z8.number().optional(),latest:z8.string().optional(),done:z8.array(
z8.string()).optional(),wanted:z8.string().transform(fromJson).pipe(z8.record(z8.string(),z8.number())).optional(),tick:z8.number().optional(),
atGate:z8.coerce.date().optional(),dueAt:z8.coerce.date().optional(),watchFrom:z8.coerce.date().optional(),sent:z8.object({entry:z8.number(),
upTo:z8.coerce.date(),at:z8.coerce.date(),times:z8.number()}).optional()}),stateOf=(lane,laneName)=>lane??{lane:laneName,waiting:0},isOpen=({
turn,waiting,next,latest,done:done2})=>turn===void 0&&waiting===0&&next===void 0&&latest===void 0&&done2===void 0,waitingSchema=z8.object({key,
type:z8.string(),sequence:z8.number().optional(),version:z8.string().optional(),started:z8.boolean(),replayed:z8.boolean(),position:z8.string(),
generation:z8.int().nonnegative(),tick:z8.number(),needs:z8.array(z8.string()).optional(),until:z8.coerce.date().optional()}),sequencePosition=(sequence,key2)=>`${String(
sequence).padStart(20,"0")}#${key2}`;function remember(lane,event2,state,rules){let isMet=isFinal(state)&&named(lane.wanted,event2.type)!==void 0;return{next:nextAfter(lane.next,
event2,state,rules),latest:latestAfter(lane.latest,event2,state,rules),done:doneAfter(lane.done,event2,state,rules),...isMet?met(lane,[event2.
type]):{wanted:lane.wanted,tick:lane.tick}}}function met({wanted,tick=0},types){let now=tick+1;return{wanted:{...wanted,...Object.fromEntries(
types.map(type=>[type,now]))},tick:now}}function nextAfter(next,event2,state,rules){if(!rules.sequence||event2.sequence===void 0)return next;
let passed=needsRepair(state)&&rules.onExhausted==="continue";if(!isFinal(state)&&!passed)return next;let due=next??(rules.start===1?1:event2.
sequence),isDue=event2.sequence===due&&(next!==void 0||rules.start===1||event2.started);return state==="discarded"&&!isDue?next:Math.max(due,
event2.sequence+1)}function latestAfter(latest,event2,state,rules){return!rules.version||event2.version===void 0||state!=="processed"?latest:
latest===void 0||compareVersions(event2.version,latest)>0?event2.version:latest}function doneAfter(done2,event2,state,rules){return!isFinal(
state)||!isPrerequisite(event2.type,rules)||done2?.includes(event2.type)?done2:[...done2??[],event2.type]}var noMove=lane=>({items:[],lane});function moved(before,state,deps){let{item:item2,version}=deps.lanes.change(before,state);return{items:[item2],
lane:state&&{...state,version}}}function leaving(event2,deps){let state=stateOf(event2.lane,event2.laneName),position=parkedAt(event2);if(position===
void 0)return{state,items:[]};let waiting=state.waiting-1;return{state:{...state,waiting,gapUntil:waiting>0?state.gapUntil:void 0},items:[deps.
lanes.unpark(event2.laneName,position)]}}function takeTurn({key:key2,lane},deps){return lane===void 0||isOpen(lane)||lane.turn===key2&&lane.
atGate===void 0?noMove(lane):moved(lane,{...lane,turn:key2,...offTheGate(lane,deps)},deps)}async function park(event2,waiting,admission,deps){
let{laneName,lane,rules}=event2,before=stateOf(lane,laneName),tick=before.tick??0,isGap=admission.because==="gap",gapUntil=isGap?sooner(before.
gapUntil,waiting.until??after(deps.now(),rules.gapTimeoutSeconds)):before.gapUntil,asked=Object.fromEntries((waiting.needs??[]).map(type=>[type,
named(before.wanted,type)??0])),parked={...before,waiting:before.waiting+1,gapUntil,tick,wanted:{...before.wanted,...asked},next:before.next??
firstSeen(waiting,rules),dueAt:sooner(before.dueAt,isGap?gapUntil:after(deps.now(),promisedWithinSeconds))},wait2=deps.lanes.park(laneName,{
...waiting,tick});if(before.turn===void 0||before.turn!==event2.key){let move2=moved(lane,parked,deps);return{...move2,items:[...move2.items,
wait2]}}let move=await handOver(lane,{...parked,turn:void 0},{passing:event2.key,others:before.waiting},rules,deps);return{...move,items:[...move.
items,wait2]}}var firstSeen=({started,sequence},rules)=>rules.sequence&&rules.start==="first-seen"&&started?sequence:void 0;function keepTurn({
key:key2,lane,laneName},nextAt,deps){let before=stateOf(lane,laneName);return before.turn!==void 0&&before.turn!==key2?noMove(lane):moved(lane,
{...before,turn:key2,atGate:void 0,sent:void 0,dueAt:nextAt},deps)}function stopAtGate({key:key2,lane,laneName},deps){let before=stateOf(lane,
laneName);return moved(lane,{...before,turn:key2,sent:void 0,dueAt:void 0,atGate:deps.now()},deps)}function leaveGate({key:key2,lane,laneName,
newest},watchFrom,deps){let before=stateOf(lane,laneName),move=moved(lane,{...before,watchFrom,...offTheGate(before,deps)},deps),purpose=`ha\
nd-over:${move.lane?.version??""}`;return{...move,promised:{event:key2,generation:newest?.generation??0,purpose}}}var offTheGate=(lane,deps)=>lane.
atGate===void 0?{dueAt:lane.dueAt}:{atGate:void 0,dueAt:after(deps.now(),promisedWithinSeconds)};function putBack(event2,deps){let{key:key2,
lane,laneName,newest,record:record4}=event2,before=stateOf(lane,laneName),keeps=before.turn===key2,takes=before.turn===void 0&&newest?.state===
"retrying",dueAt=sooner(before.dueAt,after(deps.now(),promisedWithinSeconds)),watchFrom=sooner(before.watchFrom,record4.event?.acceptedAt??deps.
now()),back=keeps||takes?{...before,turn:key2,atGate:void 0,holdUntil:void 0,sent:void 0,dueAt}:{...before,watchFrom,dueAt};return moved(lane,
back,deps)}function holdTurn(event2,deps){let{key:key2,lane,rules}=event2,{state,items}=leaving(event2,deps);if(state.turn!==void 0&&state.turn!==
key2){let move2=moved(lane,state,deps);return{...move2,items:[...move2.items,...items]}}let{holdForSeconds}=rules,holdUntil=holdForSeconds===
void 0?void 0:after(deps.now(),holdForSeconds),move=moved(lane,{...state,turn:key2,atGate:void 0,holdUntil,dueAt:holdUntil},deps);return{...move,
items:[...move.items,...items]}}async function passTurn(event2,rest,deps,rules=event2.rules){let{key:key2,lane}=event2,{state,items}=leaving(
event2,deps),known={...state,...remember(state,orderFactsOf(event2),rest,rules)};if(state.turn!==void 0&&state.turn!==key2){if(items.length===
0&&!differs(lane,known))return noMove(lane);let move2=moved(lane,known,deps);return{...move2,items:[...move2.items,...items]}}let isNewGap=known.
next!==state.next,freed={...known,turn:void 0,atGate:void 0,holdUntil:void 0,...isNewGap?{gapUntil:void 0}:{}},move=await handOver(lane,freed,
{passing:key2,others:freed.waiting},rules,deps);return{...move,items:[...move.items,...items]}}var releaseTurn=(held,rest,deps)=>passTurn(held,
rest,deps,isFinal(rest)?held.rules:{...held.rules,onExhausted:"continue"});async function endGap(lane,rules,deps){let first=await firstOverdue(
lane,deps);if(first===void 0)return noMove(lane);let admission=admit(first,lane,rules),needs=admission.kind==="wait"?admission.needs:void 0,
given=needs?{...lane,...met(lane,needs)}:{...lane,next:rules.sequence?laterNumber(lane.next,first.sequence):lane.next};return giveTurn(lane,
{...given,gapUntil:void 0},first,deps)}async function firstOverdue(lane,deps){let now=deps.now();for await(let waiting of deps.lanes.waiting(
lane.lane)){let until=waiting.until??lane.gapUntil;if(until===void 0||until<=now)return waiting}}var laterNumber=(a,b)=>a===void 0||b!==void 0&&
b>a?b:a;async function handOver(before,freed,{passing,others},rules,deps){let gapUntil=freed.waiting>others?freed.gapUntil:void 0;if(others>
0)for await(let waiting of deps.lanes.waiting(freed.lane)){if(waiting.key===passing)continue;if(admit(waiting,freed,rules).kind!=="wait")return giveTurn(
before,freed,waiting,deps);let until=waiting.until??freed.gapUntil??after(deps.now(),rules.gapTimeoutSeconds);gapUntil=sooner(gapUntil,until)}
if(freed.waiting>0){let soon=after(deps.now(),promisedWithinSeconds),dueAt=sooner(gapUntil,freed.watchFrom&&soon)??soon;return moved(before,
{...freed,gapUntil,dueAt},deps)}let empty2={...freed,gapUntil:void 0,wanted:void 0,tick:void 0,sent:freed.sent?.entry===0?freed.sent:void 0,
dueAt:freed.watchFrom&&after(deps.now(),promisedWithinSeconds)};return isOpen(empty2)&&empty2.watchFrom===void 0?before?moved(before,void 0,
deps):noMove(before):before&&!differs(before,empty2)?noMove(before):moved(before,empty2,deps)}function giveTurn(before,state,to,deps){let dueAt=after(
deps.now(),promisedWithinSeconds),given={...state,turn:to.key,atGate:void 0,waiting:state.waiting-1,sent:void 0,dueAt},move=moved(before,given,
deps),purpose=`hand-over:${move.lane?.version??""}`;return{items:[...move.items,deps.lanes.unpark(state.lane,to.position)],lane:move.lane,promised:{
event:to.key,generation:to.generation,purpose}}}function differs(a,b){return a?.turn!==b.turn||a?.holdUntil?.getTime()!==b.holdUntil?.getTime()||
a?.atGate?.getTime()!==b.atGate?.getTime()||a?.gapUntil?.getTime()!==b.gapUntil?.getTime()||a?.next!==b.next||a?.latest!==b.latest||a?.done?.
length!==b.done?.length||a?.tick!==b.tick||(a?.waiting??0)!==b.waiting}async function settle(read,decided2,deps,options={}){let event2=read,lane=event2.newest===void 0&&event2.record.event?{lane:event2.laneName}:
{},own={...decided2,...lane,nonce:decided2.nonce??deps.newId()};for(;;){let move=await moveOf(event2,own,options,deps),outcome=await deps.ledger.
append(event2.key,event2.newest,asItIs(own,event2,move),{lane:move.items,effects:options.effects??[],upkeep:upkeepOf(event2,own,deps)});if(outcome.
kind==="lane-moved"){if(wasDecidedFromLane(own))return outcome;event2={...event2,lane:await deps.lanes.read(event2.laneName)};continue}return outcome.
kind!=="appended"?outcome:(await keepPromise(event2.laneName,move,deps),needsRepair(outcome.entry.state)&&await postLetter(event2,outcome.entry,
deps),{...outcome,lane:move.lane})}}var wasDecidedFromLane=entry=>entry.state==="processing"||entry.state==="waiting"&&entry.needs===void 0;
function asItIs(entry,{key:key2},{lane}){if(entry.state!=="retrying"||lane?.turn===key2)return entry;let inQueue={...entry};return delete inQueue.
parked,inQueue}async function moveOf(event2,entry,{admission},deps){switch(entry.state){case"processing":return takeTurn(event2,deps);case"w\
aiting":{if(entry.because!==void 0)return stopAtGate(event2,deps);if(admission===void 0)throw new Error("an event waits for something");let{
position,needs,until}=entry,{generation=event2.newest?.generation??0}=entry,asked=needs&&until?{needs,until}:{};return park(event2,{...orderFactsOf(
event2),position,generation,...asked},admission,deps)}case"retrying":return entry.parked===!0?keepTurn(event2,entry.nextAt,deps):{items:[],lane:event2.
lane};case"reopened":return putBack(event2,deps);case"failed":case"quarantined":return event2.newest===void 0&&event2.record.event===void 0?
{items:[],lane:event2.lane}:event2.rules.onExhausted==="hold"?holdTurn(event2,deps):await passTurn(event2,entry.state,deps);case"processed":case"\
ignored":case"superseded":case"discarded":case"resolved":return await passTurn(event2,entry.state,deps)}}function upkeepOf({key:key2,sourceName,
laneName,newest},entry,deps){let{stateTable:stateTable2}=deps;if(needsRepair(entry.state)){let reason=entry.state==="failed"?entry.cause:entry.
state,at=deps.now(),dueAt=after(at,promisedWithinSeconds),number7=(newest?.number??0)+1;return[raiseAttention(stateTable2,{key:key2,source:sourceName,
lane:laneName,reason,at,entry:number7,dueAt})]}return newest===void 0||!needsRepair(newest.state)?[]:[clearAttention(stateTable2,key2),forgetLetter(
stateTable2,key2,newest.number,deps.now())]}async function keepPromise(lane,{promised},deps){promised!==void 0&&await orLeave("a promised me\
ssage",promised.event,deps.send({...promised,lane}),deps)}async function postLetter({key:key2,laneName},{number:number7},deps){await orLeave(
"a dead letter",key2,deps.sendLetter({event:key2,entry:number7,lane:laneName}),deps)}async function orLeave(what,event2,sent,{log}){try{await sent}catch(error){
log.warn(`${what} was not sent; the sweeper will send it`,{event:event2,error})}}async function reopen(event2,why,deps){let{by,actor,reason}=why,{key:key2,laneName:lane,record:record4}=event2,{generation=0,replay:replay2=0}=event2.
newest??{},{acceptedAt}=record4.event??{},entry={state:"reopened",by,actor,...reason===void 0?{}:{reason},generation:generation+1,replay:replay2+
(by==="replay"?1:0),attempt:0,...acceptedAt===void 0||lane===key2?{}:{lane,acceptedAt}};return(await settle(event2,entry,deps)).kind==="appe\
nded"?{kind:"reopened",generation:generation+1}:{kind:"fenced"}}function decideReopen(newest,{execution,isExpired}){if(!newest)return{kind:"send-again",state:"pending",generation:0,purpose:"first"};let{state,
generation}=newest;if(state==="processed")return{kind:"answer",state,result:newest.result};if(isFinal(state))return{kind:"answer",state};switch(state){case"\
reopened":return{kind:"send-again",state,generation,purpose:newest.by==="replay"?"replay":"reopened"};case"failed":case"quarantined":return execution===
"at-most-once"||isExpired?{kind:"answer",state}:{kind:"reopen",newest};case"processing":case"retrying":case"waiting":return{kind:"answer",state}}}var dropped=new Set(["authorization","proxy-authorization","cookie","x-api-key","connection","content-length","forwarded","host","keep-alive",
"te","trailer","transfer-encoding","upgrade","via","constructor","__proto__"]),droppedPrefixes=["accept","x-forwarded-","x-amzn-","proxy-"],
keptBytes=8*1024;function keptHeaders(headers,secretHeaders=[]){let useful=Object.entries(headers).filter(([name])=>!dropped.has(name)&&!secretHeaders.
includes(name)).filter(([name])=>!droppedPrefixes.some(prefix2=>name.startsWith(prefix2))).map(([name,value])=>({name,value,bytes:Buffer.byteLength(
name)+Buffer.byteLength(value)})).sort((a,b)=>a.bytes-b.bytes||(a.name<b.name?-1:1)),kept=[],total=0;for(let{name,value,bytes}of useful){if(total+=
bytes,total>keptBytes)break;kept.push([name,value])}return Object.fromEntries(kept)}var dayMs=24*3600*1e3;function store(event2,source2,correlationId,deps){let{source:sourceName,eventId,type,lane,raw,headers,order,sender,lacks}=event2,
acceptedAt=deps.now(),traceParent=traceParentOf(headers),accepted=deps.ledger.accept({source:sourceName,eventId,type,lane,raw,headers:keptHeaders(
headers,source2.verify.secretHeaders),acceptedAt,expiresAt:new Date(acceptedAt.getTime()+source2.retentionDays*dayMs),correlationId,nonce:deps.
newId(),...traceParent===void 0?{}:{traceParent},...order===void 0?{}:{order},...sender===void 0?{}:{sender},...lacks===void 0?{}:{lacks}});
return orUnreadable(accepted,event2,deps)}var decide=({stored,newest},{execution},now)=>decideReopen(newest,{execution,isExpired:stored.expiresAt<=
now}),laneMovedBy=(one,source2,now)=>one.kind==="duplicate"&&decide(one,source2,now).kind==="reopen"?one.stored.lane:void 0;async function settle2(event2,one,source2,deps){
let{eventId,lane}=event2;if(one.kind==="accepted"){let key2=eventKey(event2.source,eventId);return{outcome:{status:"accepted",eventId,lane},
message:{event:key2,generation:0,lane,purpose:"first"}}}let copy=one.kind==="duplicate"?await orUnreadable(settleCopy(one,source2,deps),event2,
deps):one;return"kind"in copy?{outcome:{status:"duplicate",eventId,lane}}:copy}var mostMeetings=5;async function settleCopy(copy,source2,deps,meetings=1){
let{eventId,lane}=copy.stored,key2=eventKey(copy.stored.source,eventId),decision=decide(copy,source2,deps.now());switch(decision.kind){case"\
answer":{let{state,result}=decision;return{outcome:{status:"duplicate",eventId,lane,state,result}}}case"send-again":{let{state,generation,purpose}=decision,
itsLane=state==="pending"?lane:laneOf(await deps.ledger.read(key2))??lane;return{outcome:{status:"duplicate",eventId,lane:itsLane,state},message:{
event:key2,generation,lane:itsLane,purpose}}}case"reopen":{let event2=await readEventInLane(key2,copy.stored.source,source2,deps),reopened=event2.
newest?.number===decision.newest.number?await reopen(event2,{by:"redelivery",actor:"ingest"},deps):void 0;if(reopened?.kind==="reopened"){let{
laneName}=event2;return{outcome:{status:"reopened",eventId,lane:laneName},message:{event:key2,generation:reopened.generation,lane:laneName,purpose:"\
reopened"}}}if(meetings===mostMeetings)throw new Error("the event changed its state again and again");return await settleCopy({...copy,newest:await deps.
ledger.newest(key2)},source2,deps,meetings+1)}}}async function noteCopy(event2,one,{outcome:{status,state}},correlationId,{ledger}){if(one.kind===
"accepted")return;let sameBody=one.kind==="duplicate"?{sameBody:one.sameBody}:{},answered=state===void 0?status:`${status}, ${state}`,from=event2.
sender===void 0?{}:{sender:event2.sender},note={what:"duplicate",actor:"ingest",...sameBody,answered,correlationId,...from};await reaching("\
ledger",ledger.note(eventKey(event2.source,event2.eventId),note))}async function orUnreadable(work,{source:source2,eventId},{log}){try{return await work}catch(error){
if(!(error instanceof UnreadableItem))throw new Unreachable("ledger",error);return log.error("a copy came of an event that cannot be read",{
source:source2,eventId,reason:error.message}),{kind:"unreadable"}}}var atOnce=32,patienceMs=8e3;async function takeEvents(events,source2,correlationId,deps){let until=deps.now().getTime()+patienceMs;async function step3(lines2,work){
await sideBySide([...lines2],atOnce,async input=>{if(deps.now().getTime()>until)throw new Unreachable("ledger","no time is left for so many \
events");await work(input)})}let stored=new Map;for(let part of copiesLast(events))await step3(oneByOne(part),async event2=>{stored.set(event2,
await store(event2,source2,correlationId,deps))});let settled=new Map,lines=Map.groupBy(stored,([event2,one])=>laneMovedBy(one,source2,deps.
now())??event2);await step3(lines.values(),async([event2,one])=>{settled.set(event2,await settle2(event2,one,source2,deps))});let messages=events.
flatMap(event2=>settled.get(event2)?.message??[]);return await step3(inStreams(messages),batch=>reaching("queue",deps.sendAll(batch))),await step3(
oneByOne([...stored]),async([event2,one])=>{let its=settled.get(event2);its&&await noteCopy(event2,one,its,correlationId,deps)}),events.flatMap(
event2=>settled.get(event2)?.outcome??[])}var oneByOne=inputs=>inputs.map(input=>[input]);function copiesLast(events){let copies=[...Map.groupBy(
events,({eventId})=>eventId).values()].flatMap(([,...later2])=>later2),isCopy=new Set(copies);return[events.filter(event2=>!isCopy.has(event2)),
copies]}function inStreams(messages){let each=[...new Map(messages.map(message=>[message.event,message])).values()],most=Math.min(atOnce,Math.
ceil(each.length/mostInBatch));return[...Map.groupBy(each,({lane})=>shardOf(lane,most)).values()].map(inBatches)}var inBatches=stream=>Array.
from({length:Math.ceil(stream.length/mostInBatch)},(_,index)=>stream.slice(index*mostInBatch,(index+1)*mostInBatch));async function ingest(request,deps){let startedAt=deps.now(),correlationId=correlationIdOf(request.headers,deps.newId),source2=named(deps.sources,
request.sourceName),outcome=await tryToTake(request,source2,correlationId,deps),sourceName=source2&&request.sourceName;(outcome.kind==="refu\
sed"||outcome.kind==="handshake")&&await deps.rejections.record(rejectionOf(request,outcome,sourceName,startedAt));let processingTimeMs=deps.
now().getTime()-startedAt.getTime(),answered=answer(outcome,{correlationId,processingTimeMs,emptyRefusals:source2?.emptyRefusals===!0,...source2&&
{methods:source2.methods},log:deps.log});return deps.log.info("request answered",{source:sourceName??"unknown",outcome:outcome.kind,...outcome.
kind==="refused"?{cause:outcome.cause}:{},...outcome.kind==="handshake"?{handshake:outcome.name}:{},status:answered.status,correlationId,requestId:request.
requestId,...outcome.kind==="taken"?{events:outcome.events.slice(0,mostNamed).map(({eventId})=>eventId)}:{processingTimeMs},...deps.measured(
countsOf(outcome,processingTimeMs),{source:sourceName??"unknown"})}),answered}var mostNamed=10;async function take(request,source2,correlationId,deps){
let{sourceName}=request;if(!source2)return refused2("unknown-source");if(source2.verify.isIamSigned===!0!=(request.caller!==void 0))return refused2(
"wrong-route");if(!takesMethod(request.method,source2))return refused2("method-not-allowed");if(request.body.byteLength>source2.maxBodyBytes)
return refused2("body-too-large");let encoding=contentEncodingOf(request);if(encoding!==void 0)return encodedBody(encoding);let address=await countFor(
"ip",request,source2,deps);if(address.kind==="over")return{kind:"refused",cause:"rate-limited",limit:address.limit};let unsigned=await answerHandshake(
request,source2,"before-verification",deps);if(unsigned)return unsigned;let verdict=await verifyRequest(request,source2,deps.secrets,deps.now());
if(!verdict.verified)return refused2(verdict.cause);let signed=await answerHandshake(request,source2,"after-verification",deps);if(signed)return signed;
if(!deliversBy(request.method,source2))return refused2("method-not-allowed");let sender=await countFor("source",request,source2,deps);if(sender.
kind==="over")return{kind:"refused",cause:"rate-limited",limit:sender.limit};let{raw,headers}=delivered(request),parsed=parseBody(raw,headers["\
content-type"],source2.bodyFormats);if(parsed.kind==="refused")return refused2(parsed.cause);let{body,json}=parsed,received={sourceName,source:source2,
body,json,raw,headers,acceptedAt:deps.now()},read=await readEvents({...received,sender:request.caller});if(read.kind==="invalid")return{kind:"\
refused",cause:read.cause,issues:read.issues};for(let{eventId,lacks}of read.events)lacks&&deps.log.warn("an event lacks what its source name\
s",{sourceName,eventId,lacks,correlationId});let events=await takeEvents(read.events,source2,correlationId,deps);return{kind:"taken",sourceName,
source:source2,events,body,headers}}async function tryToTake(request,source2,correlationId,deps){try{return await take(request,source2,correlationId,
deps)}catch(error){let{requestId}=request;return error instanceof Unreachable?(deps.log.error(error.message,{reason:String(error.cause),correlationId,
requestId}),{kind:"unavailable",because:error.dependency}):(deps.log.error(problems["internal-error"].title,{error,correlationId,requestId}),
{kind:"unavailable",because:"failure"})}}var refused2=cause=>({kind:"refused",cause}),encodedBody=encoding=>({kind:"refused",cause:"unsuppor\
ted-media-type",issues:[{path:"header:content-encoding",message:`${encoding} is not taken: send the body as it is`}]});async function countFor(per,{
sourceName,sourceIp},{rateLimit},deps){if(rateLimit?.per!==per)return{kind:"within"};let{perMinute}=rateLimit,who=per==="ip"?sourceIp:"*";return await reaching(
"ledger",deps.countRequest({sourceName,who,perMinute},deps.now()))}import{DeleteCommand,GetCommand,PutCommand as PutCommand3,TransactWriteCommand as TransactWriteCommand2,UpdateCommand}from"@aws-sdk/lib-dynamodb";import*as z9 from"zod";var gateSchema=z9.object({name:z9.string(),version:z9.string(),isPaused:z9.boolean(),at:z9.coerce.date(),actor:z9.string(),reason:z9.string()});
function parseGate(item2){let parsed=gateSchema.safeParse(item2);return parsed.success?parsed.data:{...{version:"",at:new Date(0),actor:"unk\
nown",reason:"its gate cannot be read"},name:String(item2.sk),isPaused:!0,isUnreadable:!0}}var gatePartition="GATE",gateKey=name=>({pk:gatePartition,
sk:name}),heardWithinSeconds=5,sourceKey=name=>eventKey("SOURCE",name),stoppedPartition=(name,shard)=>`GATE#${name}#${shard}`,stoppedAttributes=(lane,since)=>({
due:stoppedPartition(gateOf(lane),shardOf(lane,dueShards)),dueAt:since.toISOString()}),gateOf=lane=>parseEventKey(lane)?.source??"";var prefix="LANE#",partition=group=>prefix+group,groupOf=pk=>pk.startsWith(prefix)?pk.slice(prefix.length):void 0,laneSortKey="LANE",waitPrefix="\
WAIT#",laneKey=lane=>({pk:partition(laneGroup(lane)),sk:laneSortKey}),waitKey=(lane,position)=>({pk:partition(laneGroup(lane)),sk:waitPrefix+
position});function createLaneStore({dynamodb,stateTable:TableName,newId,now}){async function readGroup(groupId){let Key={pk:partition(groupId),
sk:laneSortKey},found=await dynamodb.send(new GetCommand({TableName,Key,ConsistentRead:!0}));return found.Item&&readable(laneSchema,found.Item)}
async function write2(items){let[only2]=items.length===1?items:[];only2?.Put?await dynamodb.send(new PutCommand3(only2.Put)):only2?.Delete?await dynamodb.
send(new DeleteCommand(only2.Delete)):only2?.Update?await dynamodb.send(new UpdateCommand(only2.Update)):await dynamodb.send(new TransactWriteCommand2(
{TransactItems:[...items],ClientRequestToken:newId()}))}async function commit(items){try{return await write2(items),"committed"}catch(error){
if(!cancellations(error)&&!conditionFailure(error))throw error;return"moved"}}async function*waiting(lane){let query={TableName,KeyConditionExpression:"\
pk = :pk AND begins_with(sk, :wait)",ExpressionAttributeValues:{":pk":laneKey(lane).pk,":wait":waitPrefix},ConsistentRead:!0};for await(let page of queryPages(
dynamodb,query,fewThenMany))for(let item2 of page){let parsed=waitingSchema.safeParse(item2);parsed.success?yield parsed.data:await askForHelp2(
new UnreadableItem(item2).about)}}let askForHelp2=async about=>{await commit([raiseUnreadable(TableName,about,now())])};return{waiting,readGroup,
read:lane=>readGroup(laneGroup(lane)),change(before,after2){let version=newId(),condition=unchangedSince(before);return after2===void 0?{version,
item:{Delete:{TableName,Key:laneKey(before?.lane??""),...condition}}}:{version,item:{Put:{TableName,Item:{...toItem(after2),version},...condition}}}},
park:(lane,waiting2)=>{let{until,...fields}=waiting2,dates=until===void 0?{}:{until:until.toISOString()};return{Put:{TableName,Item:{...waitKey(
lane,waiting2.position),...fields,...dates}}}},unpark:(lane,position)=>({Delete:{TableName,Key:waitKey(lane,position)}}),commit,askForHelp:askForHelp2}}
function unchangedSince(before){return before===void 0?{ConditionExpression:"attribute_not_exists(pk)"}:{ConditionExpression:"#version = :re\
ad",ExpressionAttributeNames:{"#version":"version"},ExpressionAttributeValues:{":read":before.version}}}function toItem({holdUntil,gapUntil,
dueAt,atGate,watchFrom,sent,wanted,...rest}){return{...laneKey(rest.lane),...rest,...atGate?stoppedAttributes(rest.lane,atGate):dueAttributes(
rest.lane,dueAt),...withIsoDates({holdUntil,gapUntil,watchFrom,atGate}),...wanted?{wanted:JSON.stringify(wanted)}:{},...sent?{sent:{...sent,
...withIsoDates({upTo:sent.upTo,at:sent.at})}}:{}}}var withIsoDates=dates=>Object.fromEntries(Object.entries(dates).flatMap(([name,date])=>date===
void 0?[]:[[name,date.toISOString()]]));function createCore(deps){return{...deps,ledger:createLedger(deps),lanes:createLaneStore(deps),send:laneMessageSender(deps),sendAll:laneMessagesSender(
deps),sendLetter:letterSender(deps),forward:forwarder(deps)}}import{ChangeMessageVisibilityCommand}from"@aws-sdk/client-sqs";import{TransactWriteCommand as TransactWriteCommand3}from"@aws-sdk/lib-dynamodb";var redrive=(action,deps)=>onEvent(action,operatorMay.redrive,deps,event2=>putBack2(event2,"redrive",action,deps));async function redriveByLetter(key2,entry,deps){
let{source:sourceName=""}=parseEventKey(key2)??{},source2=named(deps.sources,sourceName);if(source2===void 0)return!1;let who={actor:"sqs",reason:"\
moved back from the dead-letter queue"};for(;;){let event2=await readEventInLane(key2,sourceName,source2,deps),{newest}=event2;if(newest?.number!==
entry||!needsRepair(newest.state))return!0;let outcome=await putBack2(event2,"redrive",who,deps);if(outcome!=="again")return outcome.kind===
"done"}}var replay=(action,deps)=>onEvent(action,operatorMay.replay,deps,event2=>putBack2(event2,"replay",action,deps)),discard=(action,deps)=>onEvent(
action,operatorMay.discard,deps,event2=>close(event2,"discarded",action,deps)),resolve=(action,deps)=>onEvent(action,operatorMay.resolve,deps,
event2=>close(event2,"resolved",action,deps));async function release(action,deps){let{source:sourceName,actor,reason}=action,source2=named(deps.
sources,sourceName);for(let tries=1;source2;tries++){let lane=await deps.lanes.read(action.lane),turn=lane?.turn;if(turn===void 0)return{kind:"\
not-found"};let held={...await readEventInLane(turn,sourceName,source2,deps),laneName:action.lane,lane},state=held.newest?.state??"pending";
if(!isAtRest(state)||tries>mostTries)return await refuse(turn,state,`release: ${reason}`,actor,deps);let move=await releaseTurn(held,state,deps),
note=deps.ledger.notePut(turn,{what:"released",actor,reason});if(await deps.lanes.commit([...move.items,note])!=="moved")return await keepPromise(
action.lane,move,deps),{kind:"done",event:turn,state}}return{kind:"not-found"}}var mostTries=5;async function onEvent(action,isAllowed,deps,act){
let source2=named(deps.sources,action.source);if(source2===void 0)return{kind:"not-found"};let key2=eventKey(action.source,action.eventId);for(let tries=1;;tries++){
let event2=await readEventInLane(key2,action.source,source2,deps);if(event2.record.event===void 0&&event2.newest===void 0)return{kind:"not-f\
ound"};let state=event2.newest?.state??"pending";if(!isAllowed(state)||tries>mostTries)return await refuse(key2,state,action.reason,action.actor,
deps);let outcome=await act(event2);if(outcome!=="again")return outcome}}async function putBack2(target,by,{actor,reason},deps){let{key:key2,
laneName:lane,newest}=target,{event:event2}=target.record;if(event2===void 0||event2.expiresAt<=deps.now())return await refuse(key2,newest?.
state??"pending",reason,actor,deps,"its body has expired");let reopened=await reopen(target,{by,actor,reason},deps);if(reopened.kind==="fenc\
ed")return"again";let{generation}=reopened;return await keepPromise(lane,{promised:{event:key2,generation,purpose:by==="replay"?"replay":"re\
opened"}},deps),{kind:"done",event:key2,state:"reopened"}}async function close(event2,state,{actor,reason},deps){return(await settle(event2,
{state,actor,reason},deps)).kind==="appended"?{kind:"done",event:event2.key,state}:"again"}async function refuse(key2,state,reason,actor,deps,why=isFinal(
state)?"it is final":`it is ${state}`){return await deps.ledger.note(key2,{what:"refused",actor,reason:`${reason} (${why})`}),{kind:"refused",
event:key2,state}}async function takeLetter({deadLetter:key2,entry,copy},messageId,deps){switch(await meet(key2,entry,{copy,messageId},deps)){case"first":return"\
dead-letter";case"stale":case"moved-on":return"done";case"moved-back":return await redriveByLetter(key2,entry,deps)?"done":"dead-letter"}}async function meet(key2,entry,letter,deps){
let items=[deps.ledger.letterPut(key2,entry,{what:"dead-lettered",actor:deps.worker,reason:`its dead letter is message ${letter.messageId}`,
...letter}),letterArrived(deps.stateTable,key2,entry)];for(let tries=1;;tries++)try{return await deps.dynamodb.send(new TransactWriteCommand3(
{TransactItems:items,ClientRequestToken:deps.newId()})),"first"}catch(error){let[noted,promise]=cancellations(error)??[];if(noted?.code==="c\
ondition"&&noted.item){let known=parseNote(noted.item);return known.copy!==letter.copy?"stale":known.messageId===letter.messageId?"first":"m\
oved-back"}if(promise?.code==="condition")return"moved-on";if(!noted||tries===mostTries2)throw error;await deps.sleep(50*tries)}}var mostTries2=5;
async function takeLaneMessage({event:event2,generation},messageId,deps){if(sourceOf(event2,deps.sources)===void 0)return"dead-letter";let lane=laneOf(
await deps.ledger.read(event2));return lane===void 0?"dead-letter":(await deps.send({event:event2,generation,lane,purpose:`moved:${messageId}`}),
"done")}async function takeJunk({messageId,body},deps){return await deps.ledger.reject({source:"unknown",at:deps.now(),requestId:messageId,cause:"\
junk-message",status:0,bodySha256:sha256Hex(body),bodyBytes:Buffer.byteLength(body),ip:"queue"}),"dead-letter"}async function takeLetters(batch,deps){let batchItemFailures=[];for(let record4 of batch.Records)await take2(record4,deps)!=="done"&&(batchItemFailures.
push({itemIdentifier:record4.messageId}),await showAgain(record4,deps));return{batchItemFailures}}function take2({messageId,body},deps){let message=parseMessage(
body);switch(message.kind){case"letter":return takeLetter(message,messageId,deps);case"lane":return takeLaneMessage(message,messageId,deps);case"\
junk":return takeJunk({messageId,body},deps)}}async function showAgain({messageId,receiptHandle},deps){try{await deps.sqs.send(new ChangeMessageVisibilityCommand(
{QueueUrl:deps.feederUrl,ReceiptHandle:receiptHandle,VisibilityTimeout:0}))}catch(error){deps.log.warn("the visibility of a letter could not\
 be changed",{messageId,error})}}import{GetCommand as GetCommand2}from"@aws-sdk/lib-dynamodb";async function readGates({dynamodb,stateTable:stateTable2}){let gates=new Map,query={TableName:stateTable2,KeyConditionExpression:"pk = :pk",
ExpressionAttributeValues:{":pk":gatePartition}};for await(let page of queryPages(dynamodb,query))for(let gate of page.map(parseGate))gates.
set(gate.name,gate);return gates}async function readGate(name,{dynamodb,stateTable:stateTable2}){let found=await dynamodb.send(new GetCommand2(
{TableName:stateTable2,Key:gateKey(name),ConsistentRead:!0}));return found.Item&&parseGate(found.Item)}function knownGates(read,now,memory={}){
return async()=>{let at=now().getTime();if(memory.known&&at<memory.known.until)return memory.known.gates;let gates=await read();return memory.
known={gates,until:at+heardWithinSeconds*1e3},gates}}var pause=(action,deps)=>change(action,!0,deps),resume=(action,deps)=>change(action,!1,deps),mostTries3=5;async function change({source:name,
actor,reason},isPaused,deps){if(!Object.hasOwn(deps.sources,name))return{kind:"not-found"};for(let tries=1;;tries++){let before=await readGate(
name,deps);if(isAlready(before,isPaused)||tries>mostTries3){let why=before?.isPaused===!0?"it is paused":"it is not paused";return await deps.
ledger.note(sourceKey(name),{what:"refused",actor,reason:`${reason} (${why})`}),{kind:"refused",isPaused:before?.isPaused===!0}}let gate={name,
version:deps.newId(),isPaused,at:deps.now(),actor,reason},what=isPaused?"paused":"resumed",note=deps.ledger.notePut(sourceKey(name),{what,actor,
reason});if(await deps.lanes.commit([putGate(before,gate,deps),note,clearAttention(deps.stateTable,sourceKey(name))])==="committed")return{kind:"\
done",gate}}}var isAlready=(gate,isPaused)=>gate?.isUnreadable!==!0&&(gate?.isPaused??!1)===isPaused;function putGate(before,{at,...fields},{
stateTable:stateTable2}){let Item={...gateKey(fields.name),...fields,at:at.toISOString()},Put={TableName:stateTable2,Item};return before===void 0?
{Put:{...Put,ConditionExpression:"attribute_not_exists(pk)"}}:before.isUnreadable===!0?{Put}:{Put:{...Put,ConditionExpression:"#version = :r\
ead",ExpressionAttributeNames:{"#version":"version"},ExpressionAttributeValues:{":read":before.version}}}}import{ChangeMessageVisibilityCommand as ChangeMessageVisibilityCommand2}from"@aws-sdk/client-sqs";var idempotencyKey=(event2,replay2)=>sha256Hex(`${event2}#${replay2}`);import{marshall}from"@aws-sdk/util-dynamodb";var mostEffects=90;function collectEffects(ownTables=[]){let collected=[],closed=!1;return{add(items){
if(closed)throw new Error("ctx.transact was called after the handler had returned");if(collected.length+items.length>mostEffects)throw new RangeError(
`ctx.transact takes at most ${mostEffects} items`);for(let item2 of items)refuseUnstorable(item2),refuseOwnTable(item2,ownTables);collected.
push(...items)},close(){return closed=!0,collected}}}function refuseUnstorable(item2){try{marshall(item2,{removeUndefinedValues:!0})}catch(error){
throw new TypeError("ctx.transact was handed a value that DynamoDB cannot hold",{cause:error})}}function refuseOwnTable(item2,ownTables){for(let action of Object.
values(item2)){let name=action?.TableName?.split("/").at(-1);if(!(name===void 0||!ownTables.includes(name)))throw new TypeError(`ctx.transac\
t may not touch ${name}: it is Hooklane's own table`)}}async function handlerEvent(stored,raw,source2){let part=source2.split===void 0?void 0:parseBody(raw,"application/json",["json"]),parsed=part?.
kind==="parsed"?part:parseBody(raw,stored.headers["content-type"],source2.bodyFormats);if(parsed.kind==="refused")return{kind:"unreadable",reason:parsed.
cause};let checked=await source2.schema?.safeParseAsync(parsed.body);if(checked?.success===!1)return{kind:"unreadable",reason:`invalid-body:\
 ${checked.error.issues.map(({path})=>path.join(".")).slice(0,5).join(", ")}`};let{eventId,type,lane,headers,acceptedAt}=stored,body=checked?
checked.data:parsed.body;return{kind:"event",event:{source:stored.source,eventId,type,lane,body,raw,headers,acceptedAt}}}var PermanentError=class extends Error{name="PermanentError"},RetryAfter=class extends Error{name="RetryAfter";seconds;constructor(seconds,message=`\
retry after ${seconds} s`){super(message),this.seconds=seconds}},WaitFor=class extends Error{name="WaitFor";types;timeoutSeconds;constructor(types,options={}){
super(`waits for ${types.join(", ")}`);let{timeoutSeconds}=options;if(types.length===0||types.some(type=>typeof type!="string"||type===""))throw new TypeError(
"WaitFor needs the types to wait for");if(timeoutSeconds!==void 0&&!(Number.isFinite(timeoutSeconds)&&timeoutSeconds>0))throw new TypeError(
"WaitFor: timeoutSeconds must be a positive number");this.types=types,this.timeoutSeconds=timeoutSeconds}};function retryDelaySeconds(retry,attempt2,askedSeconds,random){let wanted=(askedSeconds!==void 0&&Number.isFinite(askedSeconds)?askedSeconds:
void 0)??configured(retry,attempt2,random);return Math.min(43200,Math.max(1,Math.ceil(wanted)))}function configured(retry,attempt2,random){if("\
delaysSeconds"in retry)return retry.delaysSeconds[attempt2-1]??retry.delaysSeconds.at(-1)??1;let{baseSeconds,maxSeconds}=retry.backoff;return random()*
Math.min(maxSeconds,baseSeconds*2**Math.min(attempt2-1,30))}function conclude(outcome,attempt2,rules,random,mayWait){switch(outcome.kind){case"no-handler":return{kind:"ignored",reason:"no handler",effects:[]};case"\
returned":{let{result,effects}=outcome,ignored=result!==void 0&&"ignored"in result?result.ignored:void 0;return typeof ignored=="string"?{kind:"\
ignored",reason:shorten(ignored),effects}:{kind:"processed",result:recordable(result),effects}}case"threw":{let error=recorded(outcome.error);
if(outcome.error instanceof PermanentError)return{kind:"fail",cause:"permanent-error",error};if(outcome.error instanceof WaitFor&&mayWait){let{
types,timeoutSeconds}=outcome.error;return{kind:"wait",types:types.slice(0,mostTypes),timeoutSeconds}}if(rules.execution==="at-most-once")return{
kind:"fail",cause:"at-most-once",error};if(attempt2>=rules.retry.attempts)return{kind:"fail",cause:"attempts-exhausted",error};let asked=outcome.
error instanceof RetryAfter?outcome.error.seconds:void 0;return{kind:"retry",afterSeconds:retryDelaySeconds(rules.retry,attempt2,asked,random),
error}}}}var mostTypes=100,longestMessage=1e3,shorten=text=>text.slice(0,longestMessage);function recorded(error){return error instanceof Error?
{name:textOf(error.name),message:textOf(error.message)}:{name:"Error",message:textOf(error)}}function textOf(value){try{return shorten(String(
value))}catch{return"no text"}}var largestResultBytes=4096;function recordable(result){if(result!==void 0)try{let json=JSON.stringify(result);
if(json===void 0)return;let bytes=Buffer.byteLength(json);return bytes>largestResultBytes?{omitted:`${bytes} bytes`}:JSON.parse(json)}catch{
return{omitted:"not JSON"}}}var later=(at,now)=>({kind:"later",afterSeconds:Math.min(120,Math.max(1,Math.ceil((at.getTime()-now.getTime())/1e3)))});var pausesMs=[100,300,1e3,3e3],reserveMs=500;async function untilDeadline(action,deadline,{now,sleep}){for(let tries=0;;tries++)try{return await action()}catch(error){
let pauseMs=pausesMs[Math.min(tries,pausesMs.length-1)]??0;if(deadline.getTime()-now().getTime()<pauseMs+reserveMs)throw error;await sleep(pauseMs)}}function waitingEntry(work,reason,actor){let{rules,record:record4,key:key2,received}=work,{sequence}=orderFactsOf(work),parkedFirst=record4.
entries.find(entry=>entry.state==="waiting"),position=rules.sequence&&sequence!==void 0?sequencePosition(sequence,key2):parkedFirst?.position??
received.sequenceNumber;return{state:"waiting",actor,position,reason:reason.slice(0,1e3)}}var shortestLeaseMs=2e3,settleMs=1e3;async function attempt(work,number7,deps){let{key:key2,received,source:source2}=work,leaseLeftMs=()=>received.
deadline.getTime()-deps.now().getTime();if(leaseLeftMs()<shortestLeaseMs)return{kind:"later",afterSeconds:1};let started=await begin(work,number7,
deps);if(started==="again")return"again";if(leaseLeftMs()<shortestLeaseMs)return await putOff(started,deps);let startedAt=deps.now(),outcome=await runHandler(
started,leaseLeftMs()-settleMs,deps),durationMs=deps.now().getTime()-startedAt.getTime(),mayWait=!hasWaitedLongEnough(work,deps.now()),conclusion=conclude(
outcome,number7,source2,deps.random,mayWait),settled=await record3(conclusion,started,durationMs,deps);if(settled.kind==="effects-refused"){
let refused3={kind:"threw",error:new Error(settled.reason)};settled=await record3(conclude(refused3,number7,source2,deps.random,!1),started,
durationMs,deps)}if(settled.kind==="appended")return dispositionOf(settled.entry,deps.now());let by=settled.kind==="fenced"?settled.by?.state??
"unknown":settled.kind,reason=`attempt ${number7} had lost its lease when it wanted to settle; found ${by}`;return await deps.ledger.note(key2,
{what:"fenced",actor:deps.worker,attempt:number7,reason}),"again"}async function begin(work,number7,deps){let{worker}=deps,leaseUntil=work.received.
deadline,settled=await settle(work,{state:"processing",actor:worker,worker,attempt:number7,leaseUntil},deps);if(settled.kind!=="appended")return"\
again";let{entry,lane}=settled,record4={...work.record,entries:[...work.record.entries,entry]};return{work:{...work,record:record4,newest:entry,
lane},entry}}async function putOff({work,entry},deps){let nextAt=after(deps.now(),1),error={name:"LeaseTooShort",message:"the lease was near\
ly over before the handler began"},next={state:"retrying",actor:deps.worker,attempt:entry.attempt-1,nextAt,error};return(await settle(work,next,
deps)).kind==="appended"?{kind:"later",afterSeconds:1}:"again"}async function runHandler({work,entry},timeMs,deps){let{key:key2,source:source2,
record:record4}=work,stored=record4.event;if(stored===void 0)throw new Error("only an event with a body is run");let handler=deps.handlerFor(
stored);if(handler===void 0)return{kind:"no-handler"};let{signal,cancel}=deps.abortAfter(timeMs),effects=collectEffects(deps.ownTables);try{
let event2=await readHandlerEvent(stored,source2,deps),ctx={idempotencyKey:idempotencyKey(key2,entry.replay),attempt:entry.attempt,correlationId:stored.
correlationId,signal,log:deps.log,now:deps.now,transact:items=>effects.add(items),once:deps.once(key2,entry.replay)},result=await handler(event2,
ctx);return{kind:"returned",result:asResult(result),effects:effects.close()}}catch(error){return effects.close(),deps.log.warn("an attempt f\
ailed",{event:key2,attempt:entry.attempt,error}),{kind:"threw",error}}finally{cancel()}}var asResult=result=>typeof result=="object"&&result!==
null?result:void 0;async function readHandlerEvent(stored,source2,deps){let raw=await deps.ledger.readBody(stored);if(raw===void 0)throw new Error(
"the body is no longer in the bucket");let read=await handlerEvent(stored,raw,source2);if(read.kind==="unreadable")throw new Error(`the sour\
ce no longer reads this body: ${read.reason}`);return read.event}function record3(conclusion,begun,durationMs,deps){let{work}=begun,{entry,options}=decided(
conclusion,begun,durationMs,deps),own={...entry,nonce:deps.newId()};return untilDeadline(()=>settle(work,own,deps,options),work.received.deadline,
deps)}function decided(conclusion,{work,entry:{attempt:attempt2}},durationMs,deps){let{worker:actor}=deps;switch(conclusion.kind){case"proce\
ssed":{let{result,effects}=conclusion;return{entry:{state:"processed",actor,durationMs,...result===void 0?{}:{result}},options:{effects}}}case"\
ignored":{let{reason,effects}=conclusion;return{entry:{state:"ignored",actor,durationMs,reason},options:{effects}}}case"retry":{let{afterSeconds,
error}=conclusion,parked=afterSeconds>120?{parked:!0}:{},nextAt=after(deps.now(),afterSeconds);return{entry:{state:"retrying",actor,durationMs,
nextAt,error,...parked}}}case"wait":{let{types:needs,timeoutSeconds=work.rules.gapTimeoutSeconds}=conclusion,until=waitsUntil(work)??after(deps.
now(),timeoutSeconds),reason=`its handler waits for ${needs.join(", ")}`;return{entry:{...waitingEntry(work,reason,actor),attempt:attempt2-1,
needs:[...needs],until},options:{admission:{kind:"wait",because:"gap",reason}}}}case"fail":{let{cause,error}=conclusion;return{entry:{state:"\
failed",actor,durationMs,cause,error}}}}}function waitsUntil({record:{entries},newest}){let generation=newest?.generation??0,waited=entries.
find(entry=>entry.state==="waiting"&&entry.until!==void 0&&entry.generation===generation);return waited?.state==="waiting"?waited.until:void 0}
function hasWaitedLongEnough(work,now){let until=waitsUntil(work);return until!==void 0&&until<=now}function dispositionOf(entry,now){return entry.
state==="retrying"&&entry.parked!==!0?later(entry.nextAt,now):{kind:"done"}}function decide2({event:event2,entries},{generation},rules,now){let newest=entries.at(-1),lateCopy=event2!==void 0&&entries[0]!==void 0&&event2.
acceptedAt>entries[0].at;if(newest&&isFinal(newest.state))return{kind:"stale",lateCopy};if(newest&&!needsRepair(newest.state)&&generation<newest.
generation)return{kind:"stale",lateCopy:!1};let hasBody=event2!==void 0&&event2.expiresAt>now,run2=hasBody?{kind:"run",attempt:(newest?.attempt??
0)+1}:{kind:"fail",cause:"body-expired"};switch(newest?.state){case"failed":case"quarantined":{let cameAfter=hasBody&&event2.acceptedAt>newest.
at,isSafe=rules.execution==="at-least-once"||!entries.some(({state})=>state==="processing");return cameAfter&&isSafe?{kind:"reopen"}:{kind:"\
stale",lateCopy:cameAfter}}case"processing":return newest.leaseUntil>now?{kind:"later",at:newest.leaseUntil}:rules.execution==="at-most-once"?
{kind:"quarantine"}:newest.attempt<rules.attempts?run2:{kind:"fail",cause:"lease-expired"};case"retrying":return newest.nextAt<=now?run2:newest.
parked&&newest.nextAt>after(now,120)?{kind:"stale",lateCopy:!1}:{kind:"later",at:newest.nextAt};case"waiting":case"reopened":case void 0:return run2;case"\
processed":case"ignored":case"superseded":case"discarded":case"resolved":throw new Error(`unreachable: ${newest.state} is final`)}}var mostTries4=5,done={kind:"done"};async function processMessage(received,deps){let message=parseMessage(received.body);if(message.kind==="\
junk")return await sendOn(received,deps);if(message.kind==="letter")return await takeLetter2(message,received,deps);for(let tries=0;tries<mostTries4;tries++){
let outcome=await step(message,received,deps);if(outcome!=="again")return outcome}return{kind:"later",afterSeconds:1}}async function step(message,received,deps){
let sourceName=parseEventKey(message.event)?.source??"",source2=named(deps.sources,sourceName);if(source2===void 0)return await deps.ledger.
note(message.event,{what:"refused",actor:deps.worker,reason:"its source is not in the configuration"}),await sendOn(received,deps);let[event2,
gates]=await Promise.all([readEventInLane(message.event,sourceName,source2,deps,received.groupId),deps.gates()]),work={...event2,source:source2,
received},rules={execution:source2.execution,attempts:source2.retry.attempts},decision=decide2(work.record,message,rules,deps.now());switch(decision.
kind){case"stale":return decision.lateCopy&&await noteLateCopy(work,deps),done;case"later":return later(decision.at,deps.now());case"reopen":
return await reopenLateCopy(work,deps);case"quarantine":case"fail":{let{worker:actor}=deps,entry=decision.kind==="quarantine"?{state:"quaran\
tined",actor}:{state:"failed",cause:decision.cause,actor};return(await settle(work,entry,deps)).kind==="appended"?done:"again"}case"run":return await runInLane(
work,decision,gates.get(sourceName)?.isPaused===!0,deps)}}async function runInLane(work,run2,isPaused,deps){if(parkedAt(work)!==void 0)return done;
let admission=admit(orderFactsOf(work),work.lane,work.rules);switch(admission.kind){case"run":return isPaused?await stop(work,deps):await attempt(
work,run2.attempt,deps);case"wait":return await wait(work,admission,deps);case"superseded":{let{reason,comparedTo}=admission,entry={state:"s\
uperseded",actor:deps.worker,reason,comparedTo};return(await settle(work,entry,deps)).kind==="appended"?done:"again"}}}async function wait(work,admission,deps){
let entry=waitingEntry(work,admission.reason,deps.worker);return(await settle(work,entry,deps,{admission})).kind==="appended"?done:"again"}async function stop(work,deps){
if(work.lane?.atGate!==void 0&&work.lane.turn===work.key)return done;let entry={...waitingEntry(work,"its source is paused",deps.worker),because:"\
paused"};return(await settle(work,entry,deps)).kind==="appended"?done:"again"}async function noteLateCopy({key:key2},deps){await deps.ledger.
note(key2,{what:"late-copy",actor:deps.worker,reason:"the body had expired and came again; it was not run"})}async function reopenLateCopy(work,deps){
let reopened=await reopen(work,{by:"redelivery",actor:deps.worker,reason:"the body had expired and came again"},deps);if(reopened.kind==="fe\
nced")return"again";let promised={event:work.key,generation:reopened.generation,purpose:"reopened"};return await keepPromise(work.laneName,{
promised},deps),done}async function takeLetter2({deadLetter,entry},received,deps){return await redriveByLetter(deadLetter,entry,deps)?done:await sendOn(
received,deps)}async function sendOn(received,deps){return await deps.forward(received),done}var outageSeconds=60;async function processBatch(batch,deadline,deps){let batchItemFailures=[];for(let record4 of batch.Records){let disposition=await disposeOf(
record4,deadline,deps);disposition.kind!=="done"&&(batchItemFailures.push({itemIdentifier:record4.messageId}),await hide(record4,disposition.
afterSeconds,deps))}return{batchItemFailures}}async function disposeOf(record4,deadline,deps){let{messageId,body,attributes}=record4,sequenceNumber=attributes.
SequenceNumber??"",groupId=attributes.MessageGroupId;try{return await processMessage({messageId,body,groupId,sequenceNumber,deadline},deps)}catch(error){
return deps.log.error("the ledger, its lane or its bucket cannot be reached",{messageId,error}),error instanceof UnreadableItem&&await askForHelp(
error,deps),{kind:"later",afterSeconds:outageSeconds}}}async function askForHelp({about},deps){try{await deps.lanes.askForHelp(about)}catch(error){
deps.log.error("an unreadable item could not be put on the attention list",{about,error})}}async function hide(record4,seconds,deps){try{await deps.
sqs.send(new ChangeMessageVisibilityCommand2({QueueUrl:deps.queueUrl,ReceiptHandle:record4.receiptHandle,VisibilityTimeout:seconds}))}catch(error){
deps.log.warn("the visibility of a message could not be changed",{messageId:record4.messageId,error})}}import*as z10 from"zod";var refreshSeconds=60,retrySeconds=5;function secretReader(dependencies){let{now,cacheSeconds=60}=dependencies,bySource=new Map;function keptFor(source2){
let kept=bySource.get(source2)??{staleAtMs:0,refreshableAtMs:0};return bySource.set(source2,kept),kept}function fetchInto(kept,source2){return kept.
fetching??=fetchOnce(kept,source2).finally(()=>{delete kept.fetching}),kept.fetching}async function fetchOnce(kept,source2){try{let list=await dependencies.
fetch(source2);return kept.secrets={list,...byPurpose(list)},kept.staleAtMs=now().getTime()+cacheSeconds*1e3,kept.secrets}catch(error){if(dependencies.
report?.(source2,error),kept.staleAtMs=now().getTime()+retrySeconds*1e3,kept.secrets===void 0)throw error;return kept.secrets}}async function current(source2){
let kept=keptFor(source2);return kept.secrets!==void 0&&now().getTime()<kept.staleAtMs?kept.secrets:fetchInto(kept,source2)}async function refreshed(source2){
let kept=keptFor(source2);return kept.fetching!==void 0?await kept.fetching:kept.secrets!==void 0&&now().getTime()<kept.refreshableAtMs?kept.
secrets:(kept.refreshableAtMs=now().getTime()+refreshSeconds*1e3,await fetchInto(kept,source2))}return{read:async source2=>(await current(source2)).
signing,readForHandshake:async source2=>(await current(source2)).handshake,refresh:async source2=>(await refreshed(source2)).signing,async isPairing(source2){
let isOpen2=({list})=>isPairingOpen(list,now());return isOpen2(await current(source2))||isOpen2(await refreshed(source2))},forget(source2){keptFor(
source2).staleAtMs=0}}}var secretList=z10.array(z10.string().trim().min(1));import{GetCommand as GetCommand3,PutCommand as PutCommand4}from"@aws-sdk/lib-dynamodb";import*as z12 from"zod";import*as z11 from"zod";var busyPartition=source2=>`BUSY#${source2}`,busySortKey=(hour,shard)=>`${hour.toISOString()}#${shard}`,hourMs=36e5,
startOfHour=at=>new Date(Math.floor(at.getTime()/hourMs)*hourMs),minutes=z11.array(z11.int().min(0).max(59)),busyHourSchema=z11.object({sk:z11.string().
regex(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z#\d+$/),minutes}).transform(({sk,minutes:minutes2})=>{let[hour="",shard]=sk.split("#");return{hour:new Date(
hour),shard:Number(shard),minutes:minutes2}}),keptSeconds2=400*24*3600,busyHourItem=(source2,shard,hour,busy)=>({pk:busyPartition(source2),sk:busySortKey(
hour,shard),minutes:[...busy],expiresAt:Math.floor(hour.getTime()/1e3)+keptSeconds2}),sweptKey=(source2,shard)=>({pk:`CURSOR#${source2}`,sk:String(
shard)}),sweptSchema=z11.object({next:z11.coerce.date(),since:z11.coerce.date().optional(),busy:minutes.optional()}),firstLookBackMs=60*6e4;function decideRecovery(observed,now){let{newest,lane,rules}=observed;if(newest&&isFinal(newest.state))return{kind:"pass-turn",released:!1};
if(newest&&needsRepair(newest.state)){if(rules.onExhausted==="continue")return{kind:"pass-turn",released:!0};let{holdUntil}=lane??{};return holdUntil&&
holdUntil<=now?{kind:"pass-turn",released:!0}:{kind:"later",at:holdUntil}}let lostAt=lostAtOf(observed);return lostAt>now?{kind:"later",at:lostAt}:
newest===void 0&&observed.standsInLine?{kind:"later",at:checkAgainAt(observed.since,now)}:observed.sentUntil&&observed.sentUntil>now?{kind:"\
later",at:checkAgainAt(observed.since,now)}:{kind:"send"}}var begunWithinSeconds=120;function lostAtOf({newest,since,visibilityTimeoutSeconds}){
switch(newest?.state){case"processing":return after(newest.leaseUntil,visibilityTimeoutSeconds);case"retrying":return newest.parked?newest.nextAt:
after(newest.nextAt,visibilityTimeoutSeconds);case"reopened":return after(newest.at,promisedWithinSeconds);case void 0:return after(since,begunWithinSeconds);case"\
waiting":case"processed":case"ignored":case"superseded":case"failed":case"quarantined":case"discarded":case"resolved":return since}}var soonestSeconds=300,
latestSeconds=3600;function checkAgainAt(since,now){let agedSeconds=(now.getTime()-since.getTime())/1e3/4;return after(now,Math.min(latestSeconds,
Math.max(soonestSeconds,agedSeconds)))}var hourSeconds=3600,mostHours=6;function sentUntil(sent,{entry,acceptedAt}){if(!(!sent||sent.entry!==
entry||acceptedAt>sent.upTo))return after(sent.at,hourSeconds*Math.min(mostHours,2**(sent.times-1)))}var minuteMs=6e4,settledAfterMs=begunWithinSeconds*1e3,indexedSchema=z12.object({pk:z12.custom(isEventKey),sk:z12.string().default(eventSortKey),
acceptedAt:z12.string()}),cursorSchema=sweptSchema.extend({after:indexedSchema.optional(),lineSince:z12.coerce.date().optional()}),mostUnstoredMs=10*
minuteMs,startOfMinute=at=>new Date(Math.floor(at/minuteMs)*minuteMs),lastSettledMinute=now=>startOfMinute(now.getTime()-settledAfterMs-minuteMs);
async function readCursor(source2,shard,now,deps){let found=await deps.dynamodb.send(new GetCommand3({TableName:deps.stateTable,Key:sweptKey(
source2,shard)})),read=cursorSchema.safeParse(found.Item);if(!read.success)return{next:startOfMinute(now.getTime()-firstLookBackMs)};let stored={
...read.data,stored:read.data.next},remembered=deps.remembered?.get(nameOf(source2,shard));return remembered&&remembered.next>stored.next?{...remembered,
stored:stored.next}:stored}var nameOf=(source2,shard)=>`${source2} ${shard}`;async function keepCursor(source2,shard,cursor,hadEvents,deps){
deps.remembered?.set(nameOf(source2,shard),cursor);let{next,stored}=cursor,isFar=stored===void 0||next.getTime()-stored.getTime()>=mostUnstoredMs;
(hadEvents||isFar)&&await moveCursor(source2,shard,cursor,deps)}async function moveCursor(source2,shard,{next,after:after2,lineSince,since,busy=[]},deps){
let Item={...sweptKey(source2,shard),next:next.toISOString(),...after2?{after:after2}:{},...lineSince?{lineSince:lineSince.toISOString()}:{},
...since?{since:since.toISOString()}:{},...busy.length>0?{busy}:{}};await deps.dynamodb.send(new PutCommand4({TableName:deps.stateTable,Item}))}function inRotation(atOnce2,isOver){let waiting=new Map,running=0;function next(){for(let[stream,works]of waiting){if(running>=atOnce2)return;
waiting.delete(stream);let work=works.shift();works.length>0&&waiting.set(stream,works),work!==void 0&&(running++,work())}}return(stream,work)=>new Promise(
(resolve2,reject)=>{let begin2=()=>{(isOver()?Promise.resolve(void 0):(async()=>await work())()).then(resolve2,reject).finally(()=>{running--,
next()})},works=waiting.get(stream);works?works.push(begin2):waiting.set(stream,[begin2]),next()})}import{GetCommand as GetCommand4,UpdateCommand as UpdateCommand2}from"@aws-sdk/lib-dynamodb";import*as z13 from"zod";async function endGaps(lane,source2,sourceName,deps){let first=await firstOverdue(lane,deps);if(first===void 0)return"nothing-due";let rules=laneRules(
source2),reason="what it waited for did not come in time";if(rules.onGap==="run"){let move=await endGap(lane,rules,deps);if(move.promised===
void 0)return"moved";let notes=(await letThrough(lane,move.lane,rules,deps)).map(key2=>deps.ledger.notePut(key2,{what:"released",actor:"swee\
per",reason}));return await deps.lanes.commit([...move.items,...notes])==="moved"?"moved":(await keepPromise(lane.lane,move,deps),"ended")}let event2=await readEventInLane(
first.key,sourceName,source2,deps),settled=await settle(event2,{state:"failed",cause:"gap",actor:"sweeper",error:{name:"GapTimeout",message:reason}},
deps);return settled.kind==="appended"&&settled.lane?.turn!==void 0?"ended":"moved"}var mostNoted=80;async function letThrough(before,lane,rules,deps){
let free={...lane,turn:void 0},keys=[];for await(let waiting of deps.lanes.waiting(before.lane))if((waiting.key===lane?.turn||waitsForType(waiting,
before,rules)&&admit(waiting,free,rules).kind==="run")&&keys.push(waiting.key)===mostNoted)break;return keys}function waitsForType(waiting,lane,rules){
let admission=admit(waiting,{...lane,turn:void 0},rules);return admission.kind==="wait"&&admission.needs!==void 0}import{QueryCommand as QueryCommand2}from"@aws-sdk/lib-dynamodb";async function eventsOfMinute(source2,{next,after:after2},shard,most,{dynamodb,ledgerTable:ledgerTable2}){let minute=minuteKey(source2,next,
shard),start=after2&&{...after2,minute},page=await dynamodb.send(new QueryCommand2({TableName:ledgerTable2,IndexName:"by-time",KeyConditionExpression:"\
#minute = :minute",ExpressionAttributeNames:{"#minute":"minute"},ExpressionAttributeValues:{":minute":minute},Limit:most,...start?{ExclusiveStartKey:start}:
{}}));return{events:readableOnes(page.Items),more:page.LastEvaluatedKey!==void 0}}async function*eventsOfLane(lane,from,{dynamodb,ledgerTable:ledgerTable2}){
let query={TableName:ledgerTable2,IndexName:"by-lane",KeyConditionExpression:"#lane = :lane AND acceptedAt >= :from",ExpressionAttributeNames:{
"#lane":"lane"},ExpressionAttributeValues:{":lane":lane,":from":from.toISOString()}};for await(let page of queryPages(dynamodb,query,fewThenMany))
yield readableOnes(page)}async function previousInLane(lane,{pk,acceptedAt},{dynamodb,ledgerTable:ledgerTable2}){let page=await dynamodb.send(
new QueryCommand2({TableName:ledgerTable2,IndexName:"by-lane",KeyConditionExpression:"#lane = :lane AND acceptedAt <= :acceptedAt",ExpressionAttributeNames:{
"#lane":"lane"},ExpressionAttributeValues:{":lane":lane,":acceptedAt":acceptedAt},ScanIndexForward:!1,Limit:5}));return readableOnes(page.Items).
find(other=>other.pk!==pk)}var readableOnes=items=>(items??[]).flatMap(item2=>{let read=indexedSchema.safeParse(item2);return read.success?[
read.data]:[]});var mostAtOnce=1e3;async function firstUnfinished(lane,from,deps){let before,seen=0;for await(let page of eventsInOrder(lane,from,deps)){for(let{
event:event2,newest,isSettled}of page){if(!isSettled)return{kind:"unfinished",event:event2,freeSince:before&&await settledAt(before,deps)};before=
newest&&{event:event2,newest}}seen+=page.length;let reached=new Date(page.at(-1)?.event.acceptedAt??from);if(seen>=mostAtOnce&&reached>from)
return{kind:"go-on",from:reached}}return{kind:"all-at-rest"}}async function settledAt({event:event2,newest},{ledger,sources}){if(!(newest.state===
"resolved"||newest.state==="discarded")||sourceOf(event2.pk,sources)?.onExhausted!=="continue")return newest.at;let{entries}=await ledger.read(
event2.pk),lastAwake=entries.findLastIndex(({state})=>!isAtRest(state));return entries[lastAwake+1]?.at??newest.at}async function notBegunBehind(lane,first,deps){
let behind=[],isBehind=!1;for await(let page of eventsInOrder(lane,new Date(first.acceptedAt),deps)){for(let{event:event2,newest,isSettled}of page){
if(isBehind&&!isSettled&&newest===void 0)behind.push(event2);else if(isBehind&&!isSettled)return behind;isBehind||=event2.pk===first.pk}if(behind.
length>=mostAtOnce){let whole=behind.filter(({acceptedAt})=>acceptedAt!==behind.at(-1)?.acceptedAt);return whole.length>0?whole:behind}}return behind}
async function check2(event2,deps){try{let newest=await deps.ledger.newest(event2.pk),isSettled=newest!==void 0&&(isAtRest(newest.state)||newest.
state==="waiting");return{event:event2,newest,isSettled}}catch(error){if(!(error instanceof UnreadableItem))throw error;return await deps.lanes.
askForHelp(event2.pk),{event:event2,newest:void 0,isSettled:!0}}}async function*eventsInOrder(lane,from,deps){let isFirst=!0;for await(let page of eventsOfLane(
lane,from,deps)){let events=isFirst&&page.length===0?await ofItsOwn(lane,from,deps):page;yield await Promise.all(events.map(event2=>check2(event2,
deps))),isFirst=!1}}async function ofItsOwn(lane,from,{ledger}){return isEventKey(lane)&&laneOf(await ledger.read(lane))===lane?[{pk:lane,sk:eventSortKey,
acceptedAt:from.toISOString()}]:[]}var mostSteps=50,minuteSeconds=60,longestCheckSeconds=60;async function checkLane(name,{send:send2,...others},watch){let until=after(others.
now(),longestCheckSeconds),deps={...others,send:async message=>{if(others.now()>until)throw new Error("the check of a lane took too long to \
send anything");await send2(message)}};for(let steps=1;steps<=mostSteps;steps++){let lane=await deps.lanes.read(name);if(lane===void 0&&watch===
void 0)return;let done2=await step2(name,lane,sooner(lane?.watchFrom,watch),deps);if(done2==="settled"||done2==="moved"&&watch===void 0)return}}
async function step2(name,lane,watchFrom,deps){let sourceName=parseEventKey(name)?.source??"",source2=named(deps.sources,sourceName),state={
...stateOf(lane,name),watchFrom};if(source2===void 0)return await checkOrphan(lane,state,deps);if(lane?.turn!==void 0&&lane.atGate!==void 0){
if(deps.isPaused(sourceName))return await write(lane,state,deps);let read=await readEventInLane(lane.turn,sourceName,source2,deps);return await letThrough2(
{...read,laneName:name,lane},lane,state,deps)}if(lane?.turn!==void 0){if(!(lane.dueAt===void 0||lane.dueAt<=deps.now()))return await write(lane,
state,deps);let read=await readEventInLane(lane.turn,sourceName,source2,deps);return await checkTurn({...read,laneName:name,lane},lane,state,
deps)}if(lane&&lane.waiting>0){let ended=await endGaps(lane,source2,sourceName,deps);if(ended!=="nothing-due")return ended==="ended"?"moved":
"again"}return await checkFirst(lane,state,sourceName,source2,deps)}async function write(before,state,deps){let isOver=isOpen(state)&&state.
dueAt===void 0;if(before===void 0&&isOver||before&&!isOver&&isWatchedAlike(before,state))return"settled";let{item:item2}=deps.lanes.change(before,
isOver?void 0:state);return await deps.lanes.commit([item2])==="committed"?"settled":"again"}var isWatchedAlike=(a,b)=>a.dueAt?.getTime()===
b.dueAt?.getTime()&&a.gapUntil?.getTime()===b.gapUntil?.getTime()&&a.atGate?.getTime()===b.atGate?.getTime()&&a.watchFrom?.getTime()===b.watchFrom?.
getTime()&&a.sent?.at.getTime()===b.sent?.at.getTime()&&a.turn===b.turn;async function letThrough2(stopped,lane,state,deps){if(stopped.newest?.
state!=="waiting")return await checkTurn(stopped,lane,{...state,atGate:void 0},deps);let move=leaveGate(stopped,state.watchFrom,deps);return await deps.
lanes.commit(move.items)==="moved"?"again":(deps.count("sent"),await keepPromise(stopped.laneName,move,deps),"moved")}async function checkTurn(held,lane,state,deps){
let{key:key2,newest,record:record4,rules}=held,now=deps.now(),acceptedAt=record4.event?.acceptedAt??lane.sent?.upTo??now,entry=newest?.number??
0,recovery=decideRecovery({newest,since:newest?.at??acceptedAt,lane,rules,visibilityTimeoutSeconds:deps.visibilityTimeoutSeconds,standsInLine:!1,
sentUntil:sentUntil(lane.sent,{entry,acceptedAt})},now);switch(recovery.kind){case"later":return await write(lane,{...state,dueAt:recovery.at},
deps);case"pass-turn":{let move=await releaseTurn(held,newest?.state??"pending",deps),note={what:"released",actor:"sweeper",reason:"the hold\
 is over"},noted=recovery.released?[deps.ledger.notePut(key2,note)]:[];return await deps.lanes.commit([...move.items,...noted])==="moved"?"a\
gain":(await keepPromise(held.laneName,move,deps),"moved")}case"send":{let one={pk:key2,sk:eventSortKey,acceptedAt:acceptedAt.toISOString()};
return await send([one],{entry,generation:newest?.generation??0},lane,state,deps)}}}async function checkFirst(lane,before,sourceName,source2,deps){
let isGap=lane!==void 0&&lane.waiting>0,gapUntil=isGap?await gapEnd(lane,deps):void 0,state={...before,gapUntil},gapDue=isGap?gapUntil??after(
deps.now(),minuteSeconds):void 0;if(state.watchFrom===void 0)return await write(lane,{...state,dueAt:gapDue},deps);let found=await firstUnfinished(
state.lane,state.watchFrom,deps),now=deps.now();if(found.kind==="all-at-rest")return await write(lane,{...state,watchFrom:void 0,dueAt:gapDue},
deps);if(found.kind==="go-on")return await write(lane,{...state,watchFrom:found.from,dueAt:after(now,minuteSeconds)},deps);let{event:event2,
freeSince}=found,{newest,rules}=await readEventInLane(event2.pk,sourceName,source2,deps),acceptedAt=new Date(event2.acceptedAt),since=freeSince&&
freeSince>acceptedAt?freeSince:acceptedAt,entry=newest?.number??0,standsInLine2=newest===void 0&&deps.standsInLine(state.lane,acceptedAt),{visibilityTimeoutSeconds}=deps,
recovery=decideRecovery({newest,since,lane,rules,visibilityTimeoutSeconds,standsInLine:standsInLine2,sentUntil:sentUntil(lane?.sent,{entry,acceptedAt})},
now),watched={...state,watchFrom:acceptedAt};switch(recovery.kind){case"later":return await write(lane,{...watched,dueAt:sooner(recovery.at,
gapDue)},deps);case"pass-turn":return await write(lane,{...watched,dueAt:after(now,minuteSeconds)},deps);case"send":{let generation=newest?.
generation??0;if(newest)return await send([event2],{entry,generation},lane,{...watched,turn:event2.pk},deps);let behind=await notBegunBehind(
state.lane,event2,deps);return await send([event2,...behind],{entry,generation},lane,watched,deps)}}}async function gapEnd({lane,gapUntil},deps){
if(gapUntil&&gapUntil>deps.now())return gapUntil;let end;for await(let{until}of deps.lanes.waiting(lane))end=sooner(end,until);return end}async function send(events,{
entry,generation},lane,state,deps){let now=deps.now(),first=new Date(events[0]?.acceptedAt??now),times=sentUntil(lane?.sent,{entry,acceptedAt:first})?
(lane?.sent?.times??0)+1:1,purpose=`sweep:${entry}:${times}`;for(let{pk}of events)await deps.send({event:pk,generation,lane:state.lane,purpose}),
deps.count("sent");let upTo=new Date(events.at(-1)?.acceptedAt??now);return await write(lane,{...state,sent:{entry,upTo,at:now,times},dueAt:checkAgainAt(
now,now)},deps)}async function checkOrphan(lane,state,deps){let key2=state.turn??await firstWaiting(state.lane,deps)??await firstWatched(state,
deps),event2=key2&&(await deps.ledger.read(key2)).event;return event2!==void 0&&event2.expiresAt>deps.now()?await write(lane,{...state,dueAt:checkAgainAt(
event2.acceptedAt,deps.now())},deps):await write(lane,{...state,watchFrom:void 0,dueAt:void 0},deps)}async function firstWaiting(lane,deps){
for await(let{key:key2}of deps.lanes.waiting(lane))return key2}async function firstWatched({lane,watchFrom},deps){if(watchFrom===void 0)return;
let found=await firstUnfinished(lane,watchFrom,deps);return found.kind==="unfinished"?found.event.pk:void 0}var letterAgainSeconds=600;async function checkAttention(item2,deps){let attention=readable(attentionSchema,item2),{key:key2,entry}=attention,
record4=await deps.ledger.read(key2);if(attention.reason===unreadableReason){await becameReadable(attention,record4,deps);return}let newest=record4.
entries.at(-1),isPromised=newest?.number===entry&&needsRepair(newest.state)&&!record4.lettersOf.includes(entry);isPromised&&await deps.sendLetter(
{event:key2,entry,lane:laneOf(record4)??key2}),await checkAgain(attention,isPromised?after(deps.now(),letterAgainSeconds):void 0,deps)}async function becameReadable({
key:key2},record4,deps){let{stateTable:stateTable2}=deps,lane=await laneAbout(key2,record4,deps),{event:event2}=record4;event2&&await checkLane(
lane,deps,event2.acceptedAt);let newest=record4.entries.at(-1);if(newest&&needsRepair(newest.state)){let reason=newest.state==="failed"?newest.
cause:newest.state,source2=event2?.source??"",{number:entry,at}=newest;await deps.lanes.commit([whileUnreadable(raiseAttention(stateTable2,{
key:key2,source:source2,lane,reason,at,entry,dueAt:deps.now()}))]);return}await deps.lanes.commit([whileUnreadable(clearAttention(stateTable2,
key2))]);for await(let waiting of deps.lanes.waiting(lane))if(waiting.key===key2)break}async function laneAbout(key2,record4,{lanes}){let group=groupOf(
key2);if(group!==void 0)return(await lanes.readGroup(group))?.lane??key2;let lane=laneOf(record4)??key2;return await lanes.read(lane),lane}async function checkAgain({
key:key2,entry},dueAt,deps){let{UpdateExpression,names,values}=dueAt===void 0?{UpdateExpression:"REMOVE #due, dueAt",names:{"#due":"due"},values:{}}:
{UpdateExpression:"SET dueAt = :dueAt",names:{},values:{":dueAt":dueAt.toISOString()}},Update={TableName:deps.stateTable,Key:attentionKey(key2),
UpdateExpression,ConditionExpression:"#entry = :entry AND attribute_exists(dueAt)",ExpressionAttributeNames:{...names,"#entry":"entry"},ExpressionAttributeValues:{
...values,":entry":entry}};await deps.lanes.commit([{Update}])}var keySchema=z13.object({pk:z13.string(),sk:z13.string()}),mostOnAPage=200,unreadableAgainSeconds2=3600,sweepDue=(shard,deps)=>sweepPartition(
duePartition(shard),`due ${shard}`,deps);async function sweepPartition(partition2,stream,deps){let now=deps.now(),pages=queryPages(deps.dynamodb,
{TableName:deps.stateTable,IndexName:dueIndex,KeyConditionExpression:"#due = :due AND dueAt <= :now",ExpressionAttributeNames:{"#due":"due"},
ExpressionAttributeValues:{":due":partition2,":now":now.toISOString()},Limit:mostOnAPage});for(;;){let page=await deps.inTurn(stream,()=>pages.
next());if(page?.value===void 0)return;let keys=page.value.map(item2=>keySchema.parse(item2));await Promise.all(keys.map(key2=>deps.inTurn(stream,
()=>checkDue(key2,deps))))}}async function checkDue(key2,deps){try{await checkItem(key2,deps)}catch(error){deps.failed(`${key2.pk} ${key2.sk}`,
error)}}async function checkItem(key2,deps){let found=await deps.dynamodb.send(new GetCommand4({TableName:deps.stateTable,Key:key2,ConsistentRead:!0})),
{Item:item2}=found;if(!(item2===void 0||typeof item2.dueAt!="string"||new Date(item2.dueAt)>deps.now()))try{key2.sk===laneSortKey?(deps.count(
"lanes"),await checkLane(readable(laneSchema,item2).lane,deps)):(deps.count("attention"),await checkAttention(item2,deps))}catch(error){if(!(error instanceof
UnreadableItem))throw error;deps.log.error("an item cannot be read",{about:error.about,error}),key2.sk===laneSortKey&&await deps.lanes.askForHelp(
error.about),await checkLater(key2,deps)}}async function checkLater(key2,deps){let dueAt=after(deps.now(),unreadableAgainSeconds2).toISOString();
await deps.dynamodb.send(new UpdateCommand2({TableName:deps.stateTable,Key:key2,UpdateExpression:"SET dueAt = :dueAt",ConditionExpression:"a\
ttribute_exists(pk)",ExpressionAttributeValues:{":dueAt":dueAt}}))}var longPauseSeconds=24*3600;async function sweepGate(gate,deps){let{name,at,isPaused,isUnreadable}=gate,now=deps.now();isUnreadable===!0?await deps.
lanes.commit([raiseUnreadable(deps.stateTable,sourceKey(name),now)]):isPaused?after(at,longPauseSeconds)<=now&&await reportPause(gate,deps):
Object.hasOwn(deps.sources,name)&&after(at,heardWithinSeconds)<=now&&await Promise.all(Array.from({length:dueShards},(_,shard)=>sweepPartition(
stoppedPartition(name,shard),`gate ${name}`,deps)))}async function reportPause({name,at,version},deps){let{stateTable:stateTable2}=deps,key2=sourceKey(
name),raised=raiseAttention(stateTable2,{key:key2,source:name,lane:key2,reason:"paused",at,entry:0}),isStillPaused={Update:{TableName:stateTable2,
Key:gateKey(name),UpdateExpression:"SET reportedAt = :now",ConditionExpression:"#version = :read",ExpressionAttributeNames:{"#version":"vers\
ion"},ExpressionAttributeValues:{":read":version,":now":deps.now().toISOString()}}};await deps.lanes.commit([raised,isStillPaused])}import{ChangeMessageVisibilityBatchCommand,DeleteMessageCommand,ReceiveMessageCommand}from"@aws-sdk/client-sqs";var mostAtOnce2=10,hiddenSeconds=10,mostReceives=1e3,mostOfLane=10,patienceSeconds=600,mostForgotten=1e4;async function sweepLetters(deps){let forgotten=await readForgotten(
deps),isOld=({at})=>after(at,patienceSeconds)<deps.now(),isFresh=[...forgotten.values()].some(letter=>!isOld(letter));if(forgotten.size===0||
!isFresh&&deps.now().getUTCMinutes()%10>0)return 0;let isForgotten=({Body=""})=>{let letter=parseMessage(Body);return letter.kind==="letter"&&
letter.entry<=(forgotten.get(letter.deadLetter)?.entry??-1)},seenOf=new Map,kept=[],taken=0;try{for(let receives=0;receives<mostReceives;receives++){
let messages=await deps.inTurn("letters",()=>receive(deps));if(messages===void 0)return taken;if(messages.length===0)return await stopLooking(
[...forgotten.values()].filter(isOld),seenOf,deps),taken;let cut=cutLane(messages),isCut=message=>laneOfLetter(message)===cut;for(let message of messages.
filter(one=>!isCut(one))){let lane=laneOfLetter(message);seenOf.set(lane,(seenOf.get(lane)??0)+1)}for(let message of messages.filter(isForgotten))
await remove(message,deps),taken++;let staying=messages.filter(message=>!isForgotten(message));kept.push(staying.filter(message=>!isCut(message))),
await showAgain2(staying.filter(isCut),deps)}return taken}finally{await Promise.all(kept.map(messages=>deps.inTurn("letters",()=>showAgain2(
messages,deps))))}}var laneOfLetter=({Attributes})=>Attributes?.MessageGroupId??"";function cutLane(messages){let[first,last]=[messages[0],messages.
at(-1)];if(!(messages.length<mostAtOnce2||first===void 0||last===void 0))return laneOfLetter(first)===laneOfLetter(last)?void 0:laneOfLetter(
last)}async function stopLooking(old,seenOf,deps){for(let{key:key2}of old){let lane=await laneOrHelp(key2,deps);lane===void 0||(seenOf.get(laneGroup(
lane))??0)>=mostOfLane||await deps.lanes.commit([letterIsGone(deps.stateTable,key2)])}}async function laneOrHelp(key2,deps){try{return laneOf(
await deps.ledger.read(key2))??key2}catch(error){if(!(error instanceof UnreadableItem))throw error;await deps.lanes.askForHelp(error.about);
return}}async function readForgotten(deps){let forgotten=new Map,pages=queryPages(deps.dynamodb,{TableName:deps.stateTable,KeyConditionExpression:"\
pk = :pk",ExpressionAttributeValues:{":pk":forgottenLetters},ConsistentRead:!0});for await(let page of pages){for(let item2 of page){let read=forgottenSchema.
safeParse(item2);read.success?forgotten.set(read.data.key,read.data):await deps.lanes.askForHelp(new UnreadableItem({key:item2.sk,...item2}).
about)}if(forgotten.size>=mostForgotten)break}return forgotten}async function receive({sqs,deadLetterUrl}){return(await sqs.send(new ReceiveMessageCommand(
{QueueUrl:deadLetterUrl,MaxNumberOfMessages:mostAtOnce2,VisibilityTimeout:hiddenSeconds,WaitTimeSeconds:0,MessageSystemAttributeNames:["Mess\
ageGroupId"]}))).Messages??[]}async function remove({ReceiptHandle},{sqs,deadLetterUrl}){await sqs.send(new DeleteMessageCommand({QueueUrl:deadLetterUrl,
ReceiptHandle}))}async function showAgain2(messages,{sqs,deadLetterUrl}){messages.length!==0&&await sqs.send(new ChangeMessageVisibilityBatchCommand(
{QueueUrl:deadLetterUrl,Entries:messages.map(({ReceiptHandle},n)=>({Id:String(n),ReceiptHandle,VisibilityTimeout:0}))}))}import{PutCommand as PutCommand5}from"@aws-sdk/lib-dynamodb";function withMinute({next,since=next,busy=[]},hasEvents){let minute=next.getUTCMinutes();return{since,busy:!hasEvents||busy.includes(minute)?
busy:[...busy,minute]}}async function passMinute(source2,shard,minute,{since,busy=[]},{dynamodb,stateTable:stateTable2}){let next=new Date(minute.
getTime()+minuteMs),hour=startOfHour(minute);if(startOfHour(next).getTime()===hour.getTime())return{next,since,busy};if(busy.length>0){let Item=busyHourItem(
source2,shard,hour,busy);await dynamodb.send(new PutCommand5({TableName:stateTable2,Item}))}return{next,since}}var lateMs=5*minuteMs,mostOnAPage2=250,shortestLine=20;async function sweepShard(source2,shard,start,deps){let stream=`${source2} ${shard}`,
last=lastSettledMinute(deps.now()),cursor=start,hadEvents=!1;try{for(;cursor.next<=last;){let from=cursor,page=await deps.inTurn(stream,()=>eventsOfMinute(
source2,from,shard,mostOnAPage2,deps));if(page===void 0)break;hadEvents||=page.events.length>0;let{reached,...line}=await checkPage(stream,from,
page.events,deps),after2=page.events[reached-1]??from.after,isWhole=reached===page.events.length,busy=withMinute(from,page.events.length>0);
if(!isWhole||page.more&&reached>0?cursor={next:from.next,stored:start.stored,...busy,...after2?{after:after2}:{},...line}:cursor={...await passMinute(
source2,shard,from.next,busy,deps),stored:start.stored,...line},!isWhole)break}}catch(error){deps.failed(stream,error)}return cursor!==start&&
await keepCursor(source2,shard,cursor,hadEvents,deps),cursor}async function checkPage(stream,{next:minute,lineSince},events,deps){let checks=await Promise.
all(events.map(event2=>deps.inTurn(stream,()=>stateOf2(event2,deps)))),checked=takeUntil(checks,check3=>check3===void 0).flatMap(check3=>check3??
[]),begun=checked.filter(({hasBegun})=>hasBegun).length,unfinished=checked.flatMap(check3=>check3.lane===void 0?[]:[{...check3,lane:check3.lane}]),
lanes=Map.groupBy(unfinished,({lane})=>lane),notBegun=[...lanes.values()].filter(([first])=>first?.hasBegun===!1).length,isLine=notBegun>shortestLine&&
notBegun>begun,line=isLine?lineSince??minute:begun>notBegun?void 0:lineSince,standsInLine2=isLine?()=>!0:deps.standsInLine,watched=new Set;await Promise.
all([...lanes].map(([lane,[first]])=>deps.inTurn(stream,async()=>{first&&await watchLane(lane,first.event,{...deps,standsInLine:standsInLine2}),
watched.add(lane)})));let{length:reached}=takeUntil(checked,({lane})=>lane!==void 0&&!watched.has(lane));return{reached,...line===void 0?{}:
{lineSince:line}}}function takeUntil(all,holds){let end=all.findIndex(holds);return end===-1?all:all.slice(0,end)}async function stateOf2(event2,deps){
deps.count("events");let result=(newest,lane)=>({event:event2,hasBegun:newest!==void 0,lane});try{let newest=await deps.ledger.newest(event2.
pk);if(newest&&isAtRest(newest.state))return result(newest);let record4=await deps.ledger.read(event2.pk),since=record4.entries.at(-1);return since&&
isAtRest(since.state)?result(since):result(since,laneOf(record4)??event2.pk)}catch(error){return await raiseIfUnreadable(error,event2,deps),
{event:event2,hasBegun:!0,lane:void 0}}}async function watchLane(lane,first,deps){try{let previous=await previousInLane(lane,first,deps),newest=previous&&
await deps.ledger.newest(previous.pk),isBehind=previous&&!(newest&&isAtRest(newest.state));await checkLane(lane,deps,new Date(isBehind?previous.
acceptedAt:first.acceptedAt))}catch(error){await raiseIfUnreadable(error,first,deps)}}async function raiseIfUnreadable(error,{pk},deps){if(!(error instanceof
UnreadableItem))throw error;deps.log.error("an item cannot be read",{about:error.about,error});for(let about of new Set([error.about,pk]))await deps.
lanes.askForHelp(about)}async function reportLateness(source2,before,after2,deps){let last=lastSettledMinute(deps.now()),isLate=after2.some(
({next})=>last.getTime()-next.getTime()>lateMs),mayHaveBeenLate=before.some(({next})=>next<last);if(!isLate&&!mayHaveBeenLate||deps.now()>deps.
deadline)return;let key2=eventKey("sweeper",source2),item2=isLate?raiseAttention(deps.stateTable,{key:key2,source:source2,lane:key2,reason:"\
sweeper-late",at:deps.now(),entry:0}):clearAttention(deps.stateTable,key2);await deps.lanes.commit([item2])}function secondsBehind(cursors,now){
let last=lastSettledMinute(now).getTime();return Math.max(0,...cursors.map(({next})=>(last-next.getTime())/1e3))}var longestLineMs=30*minuteMs;
function standsInLine(cursors,lane,acceptedAt,now){let since=cursors[shardOf(lane,shardsPerMinute)]?.lineSince;return since!==void 0&&acceptedAt>=
since&&now.getTime()-acceptedAt.getTime()<longestLineMs}var checksAtOnce=24;async function sweep(sweeper){let failures=[],failed=(about,error)=>{sweeper.log.error("the sweeper could not check some\
thing",{about,error}),failures.push(error)},counts={events:0,lanes:0,attention:0,sent:0},inTurn=inRotation(checksAtOnce,()=>sweeper.now()>=sweeper.
deadline),cursors=new Map,orFail=async(about,work)=>{try{return await work()}catch(error){failed(about,error);return}},known={},deps={...sweeper,
inTurn,isPaused:source2=>known.gates?.get(source2)?.isPaused??known.gates===void 0,failed,count:what=>{counts[what]++},standsInLine:(lane,acceptedAt)=>standsInLine(
cursors.get(parseEventKey(lane)?.source??"")??[],lane,acceptedAt,sweeper.now())},sources=Object.keys(sweeper.sources);await Promise.all([orFail(
"gates",async()=>{let gates=await inTurn("gates",()=>readGates(sweeper));gates&&(known.gates=gates)}),...sources.map(source2=>orFail(source2,
async()=>{let read=await Promise.all(shards(shardsPerMinute).map(shard=>inTurn(source2,()=>readCursor(source2,shard,deps.now(),deps))));read.
includes(void 0)||cursors.set(source2,read.flatMap(cursor=>cursor??[]))}))]);let lateSeconds=0,[letters]=await Promise.all([orFail("letters",
()=>sweepLetters(deps)),...shards(dueShards).map(shard=>orFail(`due ${shard}`,()=>sweepDue(shard,deps))),...[...known.gates??[]].map(([name,
gate])=>orFail(`gate ${name}`,()=>sweepGate(gate,deps))),...[...cursors].map(([source2,before])=>orFail(source2,async()=>{let after2=await Promise.
all(before.map((cursor,shard)=>sweepShard(source2,shard,cursor,deps)));lateSeconds=Math.max(lateSeconds,secondsBehind(after2,deps.now())),await reportLateness(
source2,before,after2,deps)}))]);if(failures.length>0)throw new Error(`${failures.length} checks failed`,{cause:failures[0]});return{...counts,
letters:letters??0,lateSeconds}}var shards=count=>Array.from({length:count},(_,shard)=>shard);function none(){return{name:"none",needsSecret:!1,verify:()=>({verified:!0})}}var sourceDefaults={bodyFormats:["json"],methods:["POST"],execution:"at-least-once",retry:{attempts:5,delaysSeconds:[5,10,30,60,120]},onExhausted:"\
continue",duplicates:{status:200},maxBodyBytes:5242880,retentionDays:90};function source(options){return{...sourceDefaults,...options}}function sourceOf2(policy){let{sequence,version,after:after2,gapTimeoutSeconds,onGap}=policy,canWait=sequence!==void 0||after2!==void 0,isOrdered=canWait||
version===!0;return source({verify:none(),id:"id",type:"type",...policy.ownLane===!0?{}:{lane:"lane"},...policy.splits?{split:"events"}:{},...isOrdered?
{order:{...sequence===void 0?{}:{sequence:"sequence",start:sequence==="from-1"?1:"first-seen"},...version===!0?{version:"version"}:{},...after2===
void 0?{}:{after:after2},...canWait?{gapTimeoutSeconds,onGap}:{}}}:{},execution:policy.execution,retry:{attempts:policy.attempts,delaysSeconds:[
policy.delaySeconds]},onExhausted:policy.onExhausted,...policy.holdForSeconds===void 0||policy.onExhausted!=="hold"?{}:{holdForSeconds:policy.
holdForSeconds},retentionDays:policy.retentionMinutes/1440})}var ledgerTable="ledger",stateTable="state",effectsTable="effects",urls={queueUrl:"lanes",feederUrl:"feeder"},objects={put:()=>Promise.reject(
new Error("no body is that large")),get:()=>Promise.resolve(void 0)};function core({actor,connect,newId,log},tries){let{now,sleep}=actor,common2={
...connect(tries),ledgerTable,stateTable,...urls,now,sleep,newId,log};return{...createCore({...common2,objects}),...urls}}function runIngest(request,process){
let deps={...core(process,2),sources:process.sources,secrets:secretReader({fetch:()=>Promise.resolve([]),now:process.actor.now}),keepSecret:()=>Promise.
resolve("refused"),callBack:()=>Promise.reject(new Error("no source shakes hands")),countRequest:()=>Promise.resolve({kind:"within"}),rejections:{
record:()=>Promise.resolve(),flush:()=>Promise.resolve()},measured:()=>({})};return ingest(request,deps)}function runProcessor(batch,deadline,handlerFor,process){
let{actor,sources}=process,parts=core(process,3),deps={...parts,sources,gates:knownGates(()=>readGates(parts),actor.now,process.memory),handlerFor,
ownTables:[ledgerTable,stateTable],worker:actor.name,once:()=>(_step,fn)=>fn(),random:()=>actor.random.next(),abortAfter(ms){let controller=new AbortController,
isCancelled=!1;return actor.sleep(ms).then(()=>{isCancelled||controller.abort(new Error("the lease is about to end"))}),{signal:controller.signal,
cancel:()=>{isCancelled=!0}}}};return processBatch(batch,deadline,deps)}function runDeadLetter(batch,process){let{actor,sources}=process;return takeLetters(
batch,{...core(process,2),sources,worker:actor.name})}function runSweeper(settings,process){let{sources}=process;return sweep({...core(process,
3),...settings,sources,deadLetterUrl:"dead"})}function runOperation(operation,target,process){let deps={...core(process,3),sources:process.sources},
who={actor:process.actor.name,reason:`a simulated ${operation}`},{source:source2,eventId,lane}=target;switch(operation){case"redrive":return redrive(
{source:source2,eventId,...who},deps);case"replay":return replay({source:source2,eventId,...who},deps);case"discard":return discard({source:source2,
eventId,...who},deps);case"resolve":return resolve({source:source2,eventId,...who},deps);case"release":return release({source:source2,lane,...who},
deps)}}function runGateOperation(operation,source2,process){let deps={...core(process,3),sources:process.sources},action={source:source2,actor:process.
actor.name,reason:`a simulated ${operation}`};return operation==="pause"?pause(action,deps):resume(action,deps)}export{PermanentError,RetryAfter,WaitFor,effectsTable,ledgerTable,runDeadLetter,runGateOperation,runIngest,runOperation,runProcessor,runSweeper,
sourceOf2 as sourceOf,stateTable};
