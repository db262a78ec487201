package match

import "strings"

// Nicknames gives other words for a folded given name: short forms, abbreviations, and the forms
// of one name in neighboring languages.
func Nicknames(word string) []string { return nicknames[word] }

// nicknames holds the classes of the table below by each of their words.
var nicknames = func() map[string][]string {
	byWord := map[string][]string{}
	for _, class := range strings.Split(strings.TrimSpace(classes), "\n") {
		name, short, _ := strings.Cut(class, ":")
		for _, s := range strings.Fields(short) {
			for _, n := range strings.Fields(name) {
				byWord[s] = append(byWord[s], n)
				byWord[n] = append(byWord[n], s)
			}
		}
	}
	return byWord
}()

// classes: what stands before the colon is called by each word after it.
const classes = `
alberto adalberto: beto tito
alejandro: ale alex jandro sandro
alejandra: ale alex sandra jandra
alfonso: poncho fonso
alfredo: fredo fredy freddy
alicia: licha
ana: anita ani
andres: andy
angel: angelito lito
angela angelica angeles: angie
antonio: tono toni tony antonito
antonia: tonia tona
armando: mando
arturo: turo
aurelio: yeyo
barbara: barbie
beatriz: bea betty beti ticha
benjamin: benja
bernardo: berna nardo
camila camilo: cami
carlos: carlitos charly charlie carlo
carmen: carmencita menchu carmela
carolina: caro carol
catalina: cata lina
cecilia: ceci chila
christian cristian: cris chris
claudia: clau
concepcion: concha conchita concho
consuelo: chelo consu
cristina: cris cristi tina
cristobal: tobal
daniel: dani danny
daniela: dani
david: davicho
diego: yago
dolores: lola loli lolita
domingo: mingo
eduardo: edu lalo eddy edy
elena: nena
elizabeth isabel: isa chabela eli liz betty lisbeth chavela elisa
emiliano emilio: milo emi
enrique: quique kike quico henry rique
ernesto: neto
esperanza: espe
esteban: teban
eugenio eugenia: genio genia geno
felipe: pipe lipe
felix: felo
fernando: nando fer fernan
fernanda: fer nanda
florencia: flor
francisco: paco pancho kiko quico curro fran francis cisco paquito panchito fco frank
francisca: paca pancha paquita francis
gabriel: gabo gabi gaby
gabriela: gabi gaby
gerardo: gera yayo
german: mancho
gilberto: gil beto
gonzalo: gonza chalo
graciela: chela grace
gregorio: goyo grego gollo
guadalupe: lupe lupita
guillermo: memo guille billy
gustavo: gus tavo
hector: tito
heriberto norberto roberto humberto rigoberto: beto
hipolito: polo
horacio: lacho
hugo: huguito
humberto: berto
ignacio: nacho igna
isidro: chiro
ismael: mael
jacobo: santiago yago
jaime: jimmy
javier: javi xavier javo
jesus: chucho chuy chus suso
joaquin: quino joaco quin
jonathan: jhon johnny
jorge: coco jorgito george
jose: pepe chepe cheo pepito joseito joseph pp
josefa: pepa pepita chepa
josefina: fina josefa pepa chepina
juan: juancho juanito john johnny giovanni jhon
juana: juanita
julian julio: juli
laura: lau
leonardo: leo nardo
leonel: leo
leonor: nora leo
leopoldo: polo leo
lorenzo: lencho loren
lourdes: lulu
lucia: lucha luci
luis: lucho luisito guicho
luisa: lucha
luz: lucha lucecita
manuel: manolo manu lolo manny manolito
manuela: manola manu
marcelo marcela: chelo chela marce
marcos: marco
margarita: marga rita mago margot
maria: mari mary maruja marica ma mariita
mariana: nana mari
mario: mayo
martin: tincho
mauricio: mau
maximiliano maximo: max maxi
melquiades: melquis
mercedes: meche merche mechita
miguel: mike migue miguelito
miguelangel: migue
milagros: mili mila
monica: moni
natalia: nati
nicolas: nico
octavio: tavo
oscar: cacho
pablo: pablito
patricia: pati patty paty
patricio: pato
pedro: perucho pedrito perico
pilar: pili
rafael: rafa rafi fallo
ramon: moncho mon
raul: rulo
rebeca: beca
ricardo: richi ricky cayo
roberto: rober robert tito
rodolfo: fito rolfi rudy
rodrigo: rodri
rogelio: roger
rosa: rosita rosi
rosario: charo chayo
salvador: chava salva
samuel: sami sammy
santiago: santi chago diego
sebastian: seba sebas
sergio: checo
silvia: chivi
simon: monchi
socorro: coco
sofia: sofi
soledad: sole chole
susana: susi
teodoro: teo doro
teresa: tere teresita
tomas: tommy tomi
valentina: vale valen
vanessa: vane
veronica: vero
vicente: chente
victor: vitico vic
victoria: vicky vico
virginia: vicky
vladimir: vladi
william: memo willy guillermo
wilfredo wilmer: willy
yolanda: yoli
dona: da
doctor: dr
doctora: dra
general: gral
coronel: cnel
capitan: cap
sargento: sgto
teniente: tte
hermanos: hnos
organizacion: org
universidad: univ
asociacion: asoc
fundacion: fund
ministerio: min
nacional: nac
`
