"""Countries of ISO 3166: alpha-2, alpha-3, Swedish and English names (CLDR; made by `tools.countries`)."""

COUNTRIES = """\
AD|AND|Andorra
AE|ARE|Förenade Arabemiraten|United Arab Emirates
AF|AFG|Afghanistan
AG|ATG|Antigua och Barbuda|Antigua & Barbuda
AI|AIA|Anguilla
AL|ALB|Albanien|Albania
AM|ARM|Armenien|Armenia
AO|AGO|Angola
AQ|ATA|Antarktis|Antarctica
AR|ARG|Argentina
AS|ASM|Amerikanska Samoa|American Samoa
AT|AUT|Österrike|Austria
AU|AUS|Australien|Australia
AW|ABW|Aruba
AX|ALA|Åland|Åland Islands
AZ|AZE|Azerbajdzjan|Azerbaijan
BA|BIH|Bosnien och Hercegovina|Bosnia & Herzegovina
BB|BRB|Barbados
BD|BGD|Bangladesh
BE|BEL|Belgien|Belgium
BF|BFA|Burkina Faso
BG|BGR|Bulgarien|Bulgaria
BH|BHR|Bahrain
BI|BDI|Burundi
BJ|BEN|Benin
BL|BLM|S:t Barthélemy|St. Barthélemy
BM|BMU|Bermuda
BN|BRN|Brunei
BO|BOL|Bolivia
BQ|BES|Karibiska Nederländerna|Caribbean Netherlands
BR|BRA|Brasilien|Brazil
BS|BHS|Bahamas
BT|BTN|Bhutan
BV|BVT|Bouvetön|Bouvet Island
BW|BWA|Botswana
BY|BLR|Belarus
BZ|BLZ|Belize
CA|CAN|Kanada|Canada
CC|CCK|Kokosöarna|Cocos (Keeling) Islands
CD|ZAR|Kongo-Kinshasa|Congo - Kinshasa
CF|CAF|Centralafrikanska republiken|Central African Republic
CG|COG|Kongo-Brazzaville|Congo - Brazzaville
CH|CHE|Schweiz|Switzerland
CI|CIV|Elfenbenskusten|Côte d’Ivoire
CK|COK|Cooköarna|Cook Islands
CL|CHL|Chile
CM|CMR|Kamerun|Cameroon
CN|CHN|Kina|China
CO|COL|Colombia
CR|CRI|Costa Rica
CU|CUB|Kuba|Cuba
CV|CPV|Kap Verde|Cape Verde
CW|CUW|Curaçao
CX|CXR|Julön|Christmas Island
CY|CYP|Cypern|Cyprus
CZ|CZE|Tjeckien|Czechia
DE|DEU|Tyskland|Germany
DJ|DJI|Djibouti
DK|DNK|Danmark|Denmark
DM|DMA|Dominica
DO|DOM|Dominikanska republiken|Dominican Republic
DZ|DZA|Algeriet|Algeria
EC|ECU|Ecuador
EE|EST|Estland|Estonia
EG|EGY|Egypten|Egypt
EH|ESH|Västsahara|Western Sahara
ER|ERI|Eritrea
ES|ESP|Spanien|Spain
ET|ETH|Etiopien|Ethiopia
FI|FIN|Finland
FJ|FJI|Fiji
FK|FLK|Falklandsöarna|Falkland Islands
FM|FSM|Mikronesien|Micronesia
FO|FRO|Färöarna|Faroe Islands
FR|FXX|Frankrike|France
GA|GAB|Gabon
GB|GBR|Storbritannien|United Kingdom
GD|GRD|Grenada
GE|GEO|Georgien|Georgia
GF|GUF|Franska Guyana|French Guiana
GG|GGY|Guernsey
GH|GHA|Ghana
GI|GIB|Gibraltar
GL|GRL|Grönland|Greenland
GM|GMB|Gambia
GN|GIN|Guinea
GP|GLP|Guadeloupe
GQ|GNQ|Ekvatorialguinea|Equatorial Guinea
GR|GRC|Grekland|Greece
GS|SGS|Sydgeorgien och Sydsandwichöarna|South Georgia & South Sandwich Islands
GT|GTM|Guatemala
GU|GUM|Guam
GW|GNB|Guinea-Bissau
GY|GUY|Guyana
HK|HKG|Hongkong SAR|Hong Kong SAR China
HM|HMD|Heardön och McDonaldöarna|Heard & McDonald Islands
HN|HND|Honduras
HR|HRV|Kroatien|Croatia
HT|HTI|Haiti
HU|HUN|Ungern|Hungary
ID|IDN|Indonesien|Indonesia
IE|IRL|Irland|Ireland
IL|ISR|Israel
IM|IMN|Isle of Man
IN|IND|Indien|India
IO|IOT|Brittiska territoriet i Indiska oceanen|British Indian Ocean Territory
IQ|IRQ|Irak|Iraq
IR|IRN|Iran
IS|ISL|Island|Iceland
IT|ITA|Italien|Italy
JE|JEY|Jersey
JM|JAM|Jamaica
JO|JOR|Jordanien|Jordan
JP|JPN|Japan
KE|KEN|Kenya
KG|KGZ|Kirgizistan|Kyrgyzstan
KH|KHM|Kambodja|Cambodia
KI|KIR|Kiribati
KM|COM|Komorerna|Comoros
KN|KNA|S:t Kitts och Nevis|St. Kitts & Nevis
KP|PRK|Nordkorea|North Korea
KR|KOR|Sydkorea|South Korea
KW|KWT|Kuwait
KY|CYM|Caymanöarna|Cayman Islands
KZ|KAZ|Kazakstan|Kazakhstan
LA|LAO|Laos
LB|LBN|Libanon|Lebanon
LC|LCA|S:t Lucia|St. Lucia
LI|LIE|Liechtenstein
LK|LKA|Sri Lanka
LR|LBR|Liberia
LS|LSO|Lesotho
LT|LTU|Litauen|Lithuania
LU|LUX|Luxemburg|Luxembourg
LV|LVA|Lettland|Latvia
LY|LBY|Libyen|Libya
MA|MAR|Marocko|Morocco
MC|MCO|Monaco
MD|MDA|Moldavien|Moldova
ME|MNE|Montenegro
MF|MAF|Saint-Martin|St. Martin
MG|MDG|Madagaskar|Madagascar
MH|MHL|Marshallöarna|Marshall Islands
MK|MKD|Nordmakedonien|North Macedonia
ML|MLI|Mali
MM|MMR|Myanmar (Burma)
MN|MNG|Mongoliet|Mongolia
MO|MAC|Macao SAR|Macao SAR China
MP|MNP|Nordmarianerna|Northern Mariana Islands
MQ|MTQ|Martinique
MR|MRT|Mauretanien|Mauritania
MS|MSR|Montserrat
MT|MLT|Malta
MU|MUS|Mauritius
MV|MDV|Maldiverna|Maldives
MW|MWI|Malawi
MX|MEX|Mexiko|Mexico
MY|MYS|Malaysia
MZ|MOZ|Moçambique|Mozambique
NA|NAM|Namibia
NC|NCL|Nya Kaledonien|New Caledonia
NE|NER|Niger
NF|NFK|Norfolkön|Norfolk Island
NG|NGA|Nigeria
NI|NIC|Nicaragua
NL|NLD|Nederländerna|Netherlands
NO|NOR|Norge|Norway
NP|NPL|Nepal
NR|NRU|Nauru
NU|NIU|Niue
NZ|NZL|Nya Zeeland|New Zealand
OM|OMN|Oman
PA|PAN|Panama
PE|PER|Peru
PF|PYF|Franska Polynesien|French Polynesia
PG|PNG|Papua Nya Guinea|Papua New Guinea
PH|PHL|Filippinerna|Philippines
PK|PAK|Pakistan
PL|POL|Polen|Poland
PM|SPM|S:t Pierre och Miquelon|St. Pierre & Miquelon
PN|PCN|Pitcairnöarna|Pitcairn Islands
PR|PRI|Puerto Rico
PS|PSE|Palestinska territorierna|Palestinian Territories
PT|PRT|Portugal
PW|PLW|Palau
PY|PRY|Paraguay
QA|QAT|Qatar
RE|REU|Réunion
RO|ROU|Rumänien|Romania
RS|YUG|Serbien|Serbia
RU|SUN|Ryssland|Russia
RW|RWA|Rwanda
SA|SAU|Saudiarabien|Saudi Arabia
SB|SLB|Salomonöarna|Solomon Islands
SC|SYC|Seychellerna|Seychelles
SD|SDN|Sudan
SE|SWE|Sverige|Sweden
SG|SGP|Singapore
SH|SHN|S:t Helena|St. Helena
SI|SVN|Slovenien|Slovenia
SJ|SJM|Svalbard och Jan Mayen|Svalbard & Jan Mayen
SK|SVK|Slovakien|Slovakia
SL|SLE|Sierra Leone
SM|SMR|San Marino
SN|SEN|Senegal
SO|SOM|Somalia
SR|SUR|Surinam|Suriname
SS|SSD|Sydsudan|South Sudan
ST|STP|São Tomé och Príncipe|São Tomé & Príncipe
SV|SLV|El Salvador
SX|SXM|Sint Maarten
SY|SYR|Syrien|Syria
SZ|SWZ|Eswatini
TC|TCA|Turks- och Caicosöarna|Turks & Caicos Islands
TD|TCD|Tchad|Chad
TF|ATF|Franska sydterritorierna|French Southern Territories
TG|TGO|Togo
TH|THA|Thailand
TJ|TJK|Tadzjikistan|Tajikistan
TK|TKL|Tokelauöarna|Tokelau
TL|TMP|Östtimor|Timor-Leste
TM|TKM|Turkmenistan
TN|TUN|Tunisien|Tunisia
TO|TON|Tonga
TR|TUR|Turkiet|Türkiye
TT|TTO|Trinidad och Tobago|Trinidad & Tobago
TV|TUV|Tuvalu
TW|TWN|Taiwan
TZ|TZA|Tanzania
UA|UKR|Ukraina|Ukraine
UG|UGA|Uganda
UM|UMI|USA:s yttre öar|U.S. Outlying Islands
US|USA|USA|United States
UY|URY|Uruguay
UZ|UZB|Uzbekistan
VA|VAT|Vatikanstaten|Vatican City
VC|VCT|S:t Vincent och Grenadinerna|St. Vincent & Grenadines
VE|VEN|Venezuela
VG|VGB|Brittiska Jungfruöarna|British Virgin Islands
VI|VIR|Amerikanska Jungfruöarna|U.S. Virgin Islands
VN|VNM|Vietnam
VU|VUT|Vanuatu
WF|WLF|Wallis- och Futunaöarna|Wallis & Futuna
WS|WSM|Samoa
XK|XKK|Kosovo
YE|YEM|Jemen|Yemen
YT|MYT|Mayotte
ZA|ZAF|Sydafrika|South Africa
ZM|ZMB|Zambia
ZW|ZWE|Zimbabwe
"""
