"""The shipped recordings: who says what, on which device, and when."""

from deploy.demo.known import BAKERY
from deploy.demo.people import ANNIE, REPS
from deploy.demo.voice_notes import AMR, M4A, MU_LAW, THREE_GP, WAV, WEBM, AfterVisit, DuringVisit, Evening, Recording

_, MARC, SARAH, JEAN_FRANCOIS, GENEVIEVE, DAVID, LUC, EMILY, NATHALIE, MATHIEU, KARINE, MICHAEL = (
    rep.email for rep in REPS
)

RECORDINGS = (
    Recording("annie-1", AMR, ANNIE, "BlackBerry Bold 9900", AfterVisit(BAKERY, 4),
              "Boulangerie Tremblay. Madame Tremblay ouvre sa deuxième succursale à Beauport en mars. "
              "Elle veut trente caisses de contenants pour l'ouverture, et son crédit avant vendredi."),
    Recording("annie-2", AMR, ANNIE, "BlackBerry Bold 9900", AfterVisit("C1002", 8),
              "Sortie de chez Gagné et Fils. Il reprend deux présentoirs, mais il veut la livraison le mardi matin."),
    Recording("annie-3", WEBM, ANNIE, "Pixel 8", AfterVisit("C1004", 5),
              "Imprimerie Morin. Nouvelle presse installée, leurs achats de papier vont doubler. "
              "Préparer une soumission pour le format onze par dix-sept."),
    Recording("annie-4", WEBM, ANNIE, "Pixel 8", Evening(2),
              "Quincaillerie Gagné, le fils m'a appelée. Il attend encore sa facture corrigée.",
              text="Quincaillerie Gagné"),
    Recording("annie-5", AMR, ANNIE, "BlackBerry Bold 9900", Evening(1),
              "Note pour moi. Changer les pneus avant jeudi, et réserver l'hôtel à Baie-Saint-Paul."),
    Recording("marc-1", THREE_GP, MARC, "Nokia E72", AfterVisit("C1007", 3),
              "Garage Bélanger. Ils prennent le contrat d'entretien pour un an, cent vingt dollars par mois."),
    Recording("marc-2", AMR, MARC, "Nokia E72", AfterVisit("C1008", 6),
              "À la pharmacie, le comptoir est refait. La gérante demande des échantillons pour la fin du mois."),
    Recording("marc-3", THREE_GP, MARC, "Nokia E72", Evening(3),
              "Rappel. Demander au bureau la liste des prix de l'automne."),
    Recording("sarah-1", M4A, SARAH, "iPhone 13", AfterVisit("C1009", 5),
              "Just left Lakeside Hardware. They want forty more units before the long weekend, "
              "and a better price on paint."),
    Recording("sarah-2", M4A, SARAH, "iPhone 13", AfterVisit("C1010", 7),
              "Fraser and Sons. The old man is retiring in June, his daughter takes over. Book a lunch with her."),
    Recording("jean-francois-1", THREE_GP, JEAN_FRANCOIS, "Galaxy A14", DuringVisit("C1011", 20),
              "Je suis à l'Auberge des Trois Pins. La salle à manger sera fermée tout le mois de novembre."),
    Recording("jean-francois-2", M4A, JEAN_FRANCOIS, "Galaxy A14", AfterVisit("C1012", 4),
              "Construction Dubé. Le chantier de Laval commence lundi. Il leur faut un compte ouvert et "
              "une limite de dix mille dollars."),
    Recording("genevieve-1", WEBM, GENEVIEVE, "Chrome, portable", AfterVisit("C1013", 9),
              "Imprimerie Lessard. Rencontre difficile, un concurrent offre huit pour cent de moins. "
              "Revoir le prix avec Sylvie."),
    Recording("genevieve-2", WEBM, GENEVIEVE, "Chrome, portable", Evening(1),
              "La ferme a perdu une serre pendant la tempête. Leur proposer un paiement étalé sur trois mois.",
              client="C1014"),
    Recording("david-1", WAV, DAVID, "Olympus recorder", AfterVisit("C1015", 5),
              "Hillside Bakery. Good meeting, two new ovens, order doubles in spring."),
    Recording("david-2", MU_LAW, DAVID, "Voice mail", Evening(4),
              "Note to self. Pick up the trade show badges in Gatineau on Thursday."),
    Recording("luc-1", AMR, LUC, "BlackBerry Curve 8520", AfterVisit("C1017", 6),
              "Transport Simard. Trois camions de plus cet hiver. Monsieur Simard signe dès qu'il reçoit le contrat."),
    Recording("luc-2", THREE_GP, LUC, "BlackBerry Curve 8520", AfterVisit("C1018", 3),
              "Fromagerie des Bleuets. Contents du nouvel emballage. Rappeler Josée pour la commande de Noël."),
    Recording("emily-1", M4A, EMILY, "iPhone SE", AfterVisit("C1019", 10),
              "Brookside Garden Centre. They close for the season on the fifteenth. "
              "Come back in February with the new catalogue."),
    Recording("emily-2", M4A, EMILY, "iPhone SE", DuringVisit("C1020", 15),
              "Waiting at the dental clinic. The display is empty, so send a refill this week."),
    Recording("nathalie-1", THREE_GP, NATHALIE, "Moto G", AfterVisit("C1021", 5),
              "Poissonnerie Cyr. Le traversier est annulé jusqu'à samedi. Retarder la livraison, "
              "et avertir l'entrepôt de Gaspé."),
    Recording("nathalie-2", AMR, NATHALIE, "Moto G", Evening(2),
              "L'auberge ouvre plus tôt cette année, le premier mai. Il faut leur envoyer les nouveaux tarifs.",
              text="Auberge de l'Anse-au-Phare"),
    Recording("mathieu-1", MU_LAW, MATHIEU, "Boîte vocale", AfterVisit("C1024", 4),
              "Ébénisterie Grenier. Il accepte la soumission. Livrer avant le vingt."),
    Recording("mathieu-2", MU_LAW, MATHIEU, "Boîte vocale", Evening(3),
              "Érablière Poulin. Bonne saison, quatre cents barils. Ils veulent des étiquettes bilingues.",
              client="C1023"),
    Recording("karine-1", WEBM, KARINE, "Firefox, tablette", AfterVisit("C1025", 7),
              "Serres Lemieux. Le chauffage coûte trop cher, ils coupent la production de tomates. "
              "Prévoir moins de caisses cet hiver."),
    Recording("karine-2", WEBM, KARINE, "Firefox, tablette", Evening(2),
              "Traiteur Perron. Un mariage de deux cents personnes le douze. Confirmer la vaisselle demain matin.",
              text="Traiteur Perron"),
    Recording("michael-1", M4A, MICHAEL, "iPhone 15", AfterVisit("C1027", 4),
              "Silva Bakery in Verdun. Maria likes the samples, first order on Monday, fifteen boxes."),
    Recording("michael-2", WAV, MICHAEL, "Sony recorder", AfterVisit("C1028", 6),
              "Park Avenue Printing. Invoice dispute is settled. They pay on Friday."),
)  # fmt: skip

# Shipped for trying an upload by hand; the demo itself does not send it.
NEW_NOTE = Recording("new-note", AMR, ANNIE, "BlackBerry Bold 9900", AfterVisit(BAKERY, 5),
                     "Madame Tremblay confirme la date d'ouverture. Le vingt mars, à dix heures.")  # fmt: skip
