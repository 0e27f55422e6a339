// How countries are written beside the names that Intl knows, as the bridge knows them: the names of ISO 3166, the codes of three letters,
// and what people say.

/** Without case, accents, dots, apostrophes and needless blanks: people write "Mexico", "U.S.A." and "Cote d'Ivoire". */
export const plainName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}.'’‘ʻʼ`´]/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[\s\p{Pd}]+/gu, ' ');

/** "The Bahamas" is Bahamas, "Saint Lucia" is St. Lucia, "Trinidad and Tobago" is Trinidad & Tobago. */
export const foldedCountry = (name: string): string =>
  plainName(name)
    .replaceAll(' & ', ' and ')
    .replace(/\bsaint\b/g, 'st')
    .replace(/^the /, '');

/** Two letters are a code or nothing: "UC" is not Vietnamese for Australia. */
export const isCode = (folded: string): boolean => /^[a-z]{2}$/.test(folded);

/** Languages in which a country is named. Those whose vowels are marks are left out: without the marks, names are one. */
export const LANGUAGES =
  'en de fr es it pt nl sv da nb fi pl cs sk hu ro hr sl bg el tr ru uk ja zh zh-Hant ko vi id ar he ca'.split(' ');

/** Code of two letters, then the code of three. */
const CODES =
  'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB ' +
  'BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR ' +
  'BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR ' +
  'CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK ' +
  'FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS ' +
  'GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ' +
  'ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO ' +
  'LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD ' +
  'MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER ' +
  'NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM ' +
  'PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP ' +
  'SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF ' +
  'TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY ' +
  'UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE';

export const THREE_LETTERS: readonly (readonly [code: string, three: string])[] = CODES.trim()
  .split(' ')
  .map((one) => [one.slice(0, 2), one.slice(2)] as const);

/** Code, and the names that no list of Intl has. */
const NAMES =
  'AE UAE|AE Emirates|BA Bosnia|BN Brunei Darussalam|BO Bolivia, Plurinational State of|BO Plurinational State of Bolivia|' +
  'BQ Bonaire, Sint Eustatius and Saba|CC Cocos (Keeling) Islands|CD Congo, the Democratic Republic of the|' +
  'CD Democratic Republic of the Congo|CD DR Congo|CD DRC|CG Congo|CG Republic of the Congo|CI Ivory Coast|CN PRC|' +
  'CN China, Peoples Republic of|CN Peoples Republic of China|CN Mainland China|CV Cabo Verde|CZ Czech Republic|' +
  'FK Falkland Islands (Malvinas)|FM Micronesia, Federated States of|FM Federated States of Micronesia|GB UK|GB Great Britain|' +
  'GB Britain|GB England|GB Scotland|GB Wales|GB Northern Ireland|GB N Ireland|' +
  'GB United Kingdom of Great Britain and Northern Ireland|HK Hong Kong|HK Hong Kong SAR|IE Republic of Ireland|IE Eire|' +
  'IR Iran, Islamic Republic of|IR Islamic Republic of Iran|KP Korea, Democratic Peoples Republic of|' +
  'KP Democratic Peoples Republic of Korea|KR Korea, Republic of|KR Republic of Korea|LA Lao Peoples Democratic Republic|' +
  'MD Moldova, Republic of|MD Republic of Moldova|MF Saint Martin (French part)|MK Macedonia|MK Republic of North Macedonia|' +
  'MK Macedonia, the former Yugoslav Republic of|MM Burma|MO Macao|MO Macau|NL Holland|PN Pitcairn|' +
  'PS Palestine|PS Palestine, State of|PS State of Palestine|RU Russian Federation|SH Saint Helena, Ascension and Tristan da Cunha|' +
  'SX Sint Maarten (Dutch part)|SY Syrian Arab Republic|SZ Swaziland|TL East Timor|TR Turkey|TR Turkiye|TW Taiwan, Province of China|' +
  'TW Taiwan, ROC|TZ Tanzania, United Republic of|TZ United Republic of Tanzania|US USA|US United States of America|US America|' +
  'US Estados Unidos de America|US EEUU|VA Holy See (Vatican City State)|VA Holy See|VE Venezuela, Bolivarian Republic of|' +
  'VE Bolivarian Republic of Venezuela|VG Virgin Islands, British|VI Virgin Islands, US|VN Viet Nam';

export const OTHER_NAMES: readonly (readonly [code: string, name: string])[] = NAMES.split('|').map(
  (one) => [one.slice(0, 2), one.slice(3)] as const,
);
