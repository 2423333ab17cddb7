// Words that are never names: pronouns, articles, conjunctions, prepositions and their like.

const LISTS: Readonly<Record<string, string>> = {
  en: 'ok a an the i you he she it we they is are was were be am do does did has have had to of in on at by for as if so or and but not no yes my your his her its our their this that these those there here who what when where why how',
  ru: 'я ты он она оно мы вы они и а но да или не ни в во на с со к ко о об от до по за из у же ли бы то что как где кто чей это эта этот эти тот та те',
  de: 'ich du er sie es wir ihr der die das den dem des ein eine einen einem einer und oder aber denn weil dass wenn ob als wie was wer wo wann warum in im an am auf aus bei mit nach von vom zu zum zur für über unter vor durch gegen ohne um nicht auch nur noch schon ja nein hier da dort dann jetzt heute morgen gestern so sehr mein dein sein unser kein dieser diese dieses man ist sind war waren wird werden hat haben kann können muss müssen soll wollen bitte danke also doch',
  fr: 'je tu il elle on nous vous ils elles le la les un une des du de et ou mais donc car si que qui quoi où quand comment pourquoi dans en à au aux sur sous avec sans pour par chez vers entre ne pas non oui ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs est sont était a ont peut doit très bien aussi encore puis alors ici là aujourd hier demain',
  es: 'yo tú él ella nosotros vosotros ellos ellas usted ustedes el la los las un una unos unas y o pero porque si que quien cuando donde como en de del a al con sin por para sobre entre hasta desde no sí también muy más menos ya aquí allí ahora hoy ayer mañana mi tu su nuestro este esta esto ese esa eso es son era fue ha han hay puede debe gracias',
  it: 'io tu lui lei noi voi loro il lo la i gli le un uno una e o ma perché se che chi quando dove come in di del della dei delle a al alla da dal con senza per su tra fra non sì no anche molto più meno già qui lì ora oggi ieri domani mio mia tuo suo nostro questo questa quello quella è sono era ha hanno può deve grazie',
  pl: 'ja ty on ona ono my wy oni one i a o w z na do od po za przy pod nad dla przez bez lub ale bo że jeśli gdy kiedy gdzie jak co kto czy nie tak też już jeszcze tu tam teraz dziś dzisiaj wczoraj jutro mój twój nasz ten ta to te ci jest są był była było być ma mają może musi proszę dziękuję',
  pt: 'eu tu ele ela nós vós eles elas você vocês o a os as um uma uns umas e ou mas porque se que quem quando onde como em no na nos nas de do da dos das ao com sem por para sobre entre até não sim também muito mais menos já aqui ali agora hoje ontem amanhã meu minha seu sua nosso este esta isto esse essa isso é são era foi tem têm pode deve obrigado',
  uk: 'я ти він вона воно ми ви вони і й та а але або чи що щоб як коли де хто чому якщо бо в у на з зі до від по за під над для через без про не так ні також ще вже тут там тепер зараз сьогодні вчора завтра мій твій наш ваш цей ця це ці той та те є був була було бути має можна треба дякую',
};

const sets = new Map(Object.entries(LISTS).map(([language, words]) => [language, new Set(words.split(' '))]));

/** Whether `word`, in small letters, is one of the words of `language` that are never names. */
export function isFunctionWord(word: string, language: string): boolean {
  return sets.get(language)?.has(word) ?? false;
}
