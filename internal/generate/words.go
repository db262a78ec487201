package generate

// The texts of the data: none names a person.
var (
	locators = []string{"p. 3", "p. 12", "p. 41", "párr. 5", "cuadro 2", "anexo B", "fila 118", "nota 7"}
	phrases  = []string{
		"según su familia", "de acuerdo con la lista publicada", "se presume", "fuentes cercanas al caso", "así consta en el acta",
		"sin confirmación oficial", "dijo la organización", "habría ocurrido de madrugada",
	}
	occupations = [][2]string{
		{"maestra", "maestro"}, {"enfermera", "enfermero"}, {"estudiante", "estudiante"}, {"comerciante", "comerciante"}, {"periodista", "periodista"},
		{"abogada", "abogado"}, {"conductora", "conductor"}, {"agricultora", "agricultor"}, {"ingeniera", "ingeniero"}, {"peluquera", "peluquero"},
		{"médica", "médico"}, {"empleada pública", "empleado público"}, {"música", "músico"}, {"obrera", "obrero"}, {"panadera", "panadero"},
	}
	nationalities = []string{"costaficticia", "costaficticia", "costaficticia", "costaficticia", "isleña ficticia", "altiplanense inventada"}
	roles         = [][2]string{
		{"militante", "militante"}, {"coordinadora", "coordinador"}, {"coordinadora regional", "coordinador regional"}, {"delegada sindical", "delegado sindical"},
		{"portavoz", "portavoz"}, {"tesorera", "tesorero"}, {"voluntaria", "voluntario"}, {"secretaria de organización", "secretario de organización"}, {"afiliada", "afiliado"},
	}
	posts = [][2]string{
		{"directora", "director"}, {"ministra", "ministro"}, {"concejala", "concejal"}, {"fiscal", "fiscal"}, {"comisaria", "comisario"}, {"alcaldesa", "alcalde"},
	}
	grounds = []string{
		"Se le atribuye haber participado en una protesta no autorizada.", "La autoridad alega la difusión de mensajes en redes.",
		"Según la autoridad, formaba parte de un plan contra la seguridad.", "Se alega la posesión de material prohibido.",
		"La autoridad lo vincula con una reunión clandestina.", "Se le atribuye la obstrucción de una vía pública.",
	}
	notes = []string{
		"La familia no recibió información durante varios días.", "No tuvo acceso a defensa de su elección.", "Se solicitó atención médica.",
		"El traslado no fue notificado.", "La audiencia fue diferida en varias ocasiones.", "Se presentó un recurso de hábeas corpus.",
	}
	descriptions = []string{"Persona inventada para pruebas.", "Figura de un registro ficticio.", "Nombre inventado: no corresponde a nadie."}
	stages       = []string{"investigación", "audiencia preliminar", "juicio", "apelación", "sentencia firme", "sobreseída"}
	criteria     = []string{
		"personas detenidas por motivos políticos", "civiles y militares", "solo civiles", "mujeres", "con casos verificados", "incluye excarcelaciones con medidas",
	}
	standings = []string{"IMPOSED", "APPEALED", "ANNULLED", "PARDONED", "AMNESTIED", "SERVED"}
	measures  = []string{"PERIODIC_REPORTING", "TRAVEL_BAN", "FULL", "HOUSE_ARREST", "GAG_ORDER", "BAIL", "ALTERNATIVE_UNSPECIFIED", "UNKNOWN", "OTHER"}
)

// offence is a charge. Laws and articles are invented.
type offence struct{ name, category string }

var charges = []offence{
	{"terrorismo", "seguridad"}, {"asociación para delinquir", "seguridad"}, {"instigación al odio", "expresión"}, {"traición a la patria", "seguridad"},
	{"conspiración", "seguridad"}, {"resistencia a la autoridad", "orden público"}, {"obstrucción de la vía pública", "orden público"},
	{"alteración del orden público", "orden público"}, {"difusión de información falsa", "expresión"}, {"ultraje a funcionario", "expresión"},
	{"daños a la propiedad", "propiedad"}, {"porte ilícito de arma", "armas"}, {"sustracción de efectos militares", "militar"}, {"rebelión", "militar"},
	{"sublevación", "militar"}, {"espionaje", "seguridad"}, {"revelación de secretos", "seguridad"}, {"financiamiento del terrorismo", "seguridad"},
	{"legitimación de capitales", "económico"}, {"usurpación de funciones", "administrativo"}, {"instigación pública", "expresión"},
	{"incendio", "propiedad"}, {"lesiones", "personas"}, {"homicidio en grado de tentativa", "personas"}, {"tráfico de combustible", "económico"},
	{"boicot", "económico"}, {"acceso indebido a sistemas", "informático"}, {"desobediencia", "militar"}, {"fuga facilitada", "administrativo"},
	{"vilipendio de símbolos", "expresión"},
}

// gendered gives the form of a word for the person.
func (k kin) gendered(word [2]string) string {
	if k.female {
		return word[0]
	}
	return word[1]
}
