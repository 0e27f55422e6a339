// The words that the seeded businesses are made of: places with their area codes, trades, and names.

export interface Place {
  city: string;
  state: string;
  area: string;
  /** The first three digits of its postal codes. */
  zip: string;
  timezone: string;
}

const EAST = 'America/New_York';
const CENTRAL = 'America/Chicago';
const MOUNTAIN = 'America/Denver';
const PACIFIC = 'America/Los_Angeles';

const place = (city: string, state: string, area: string, zip: string, timezone: string): Place => {
  return { city, state, area, zip, timezone };
};

export const PLACES: readonly Place[] = [
  place('Austin', 'TX', '512', '787', CENTRAL),
  place('Dallas', 'TX', '214', '752', CENTRAL),
  place('Houston', 'TX', '713', '770', CENTRAL),
  place('San Antonio', 'TX', '210', '782', CENTRAL),
  place('Phoenix', 'AZ', '602', '850', 'America/Phoenix'),
  place('Tucson', 'AZ', '520', '857', 'America/Phoenix'),
  place('Denver', 'CO', '303', '802', MOUNTAIN),
  place('Boulder', 'CO', '720', '803', MOUNTAIN),
  place('Salt Lake City', 'UT', '801', '841', MOUNTAIN),
  place('Boise', 'ID', '208', '837', MOUNTAIN),
  place('Albuquerque', 'NM', '505', '871', MOUNTAIN),
  place('Seattle', 'WA', '206', '981', PACIFIC),
  place('Spokane', 'WA', '509', '992', PACIFIC),
  place('Portland', 'OR', '503', '972', PACIFIC),
  place('Sacramento', 'CA', '916', '958', PACIFIC),
  place('San Diego', 'CA', '619', '921', PACIFIC),
  place('Fresno', 'CA', '559', '937', PACIFIC),
  place('Reno', 'NV', '775', '895', PACIFIC),
  place('Chicago', 'IL', '312', '606', CENTRAL),
  place('Peoria', 'IL', '309', '616', CENTRAL),
  place('Minneapolis', 'MN', '612', '554', CENTRAL),
  place('Madison', 'WI', '608', '537', CENTRAL),
  place('Milwaukee', 'WI', '414', '532', CENTRAL),
  place('St. Louis', 'MO', '314', '631', CENTRAL),
  place('Kansas City', 'MO', '816', '641', CENTRAL),
  place('Omaha', 'NE', '402', '681', CENTRAL),
  place('Des Moines', 'IA', '515', '503', CENTRAL),
  place('Tulsa', 'OK', '918', '741', CENTRAL),
  place('Nashville', 'TN', '615', '372', CENTRAL),
  place('Memphis', 'TN', '901', '381', CENTRAL),
  place('New Orleans', 'LA', '504', '701', CENTRAL),
  place('Columbus', 'OH', '614', '432', EAST),
  place('Cleveland', 'OH', '216', '441', EAST),
  place('Pittsburgh', 'PA', '412', '152', EAST),
  place('Philadelphia', 'PA', '215', '191', EAST),
  place('Buffalo', 'NY', '716', '142', EAST),
  place('Boston', 'MA', '617', '021', EAST),
  place('Hartford', 'CT', '860', '061', EAST),
  place('Baltimore', 'MD', '410', '212', EAST),
  place('Richmond', 'VA', '804', '232', EAST),
  place('Charlotte', 'NC', '704', '282', EAST),
  place('Raleigh', 'NC', '919', '276', EAST),
  place('Atlanta', 'GA', '404', '303', EAST),
  place('Savannah', 'GA', '912', '314', EAST),
  place('Tampa', 'FL', '813', '336', EAST),
  place('Orlando', 'FL', '407', '328', EAST),
  place('Miami', 'FL', '305', '331', EAST),
  place('Louisville', 'KY', '502', '402', EAST),
  place('Detroit', 'MI', '313', '482', EAST),
  place('Grand Rapids', 'MI', '616', '495', EAST),
];

export const NAME_BEGINNINGS = (
  'Blue Ridge|Harbor Street|Lone Oak|Silver Creek|Northgate|Cedar & Stone|Prairie|Summit|Old Mill|Red Barn|' +
  'Evergreen|Lakeside|Iron Horse|Golden Valley|Riverbend|First Light|Copper Canyon|Maple Street|Eastside|' +
  'Pine Hollow|Union Square|Bright Star|Stonebridge|Clearwater|Westfield|Magnolia|High Plains|Bayview|Twin Pines|' +
  'Cornerstone|Sunrise|Fox Hill|Liberty|Granite State|Whitetail|Meadowbrook|Capitol|Three Rivers|Beacon|Homestead'
).split('|');

export interface Trade {
  industry: string;
  names: readonly string[];
}
const trade = (industry: string, names: string): Trade => ({ industry, names: names.split('|') });

/** Each industry is one of the catalogue's options. */
export const TRADES: readonly Trade[] = [
  trade('Automotive', 'Auto Repair|Tire & Brake|Collision Center|Motors'),
  trade('Construction', 'Roofing|Builders|Concrete|Plumbing|Electric|Heating & Air'),
  trade('Education', 'Music School|Learning Center|Driving School'),
  trade('Financial Services', 'Tax & Bookkeeping|Insurance Agency|Lending'),
  trade('Fitness', 'Fitness|Yoga|Boxing Club|Swim School'),
  trade('Healthcare', 'Dental|Family Clinic|Physical Therapy|Veterinary|Eye Care'),
  trade('Hospitality', 'Bistro|Inn & Suites|Catering|Coffee Roasters'),
  trade('Landscaping', 'Landscaping|Tree Service|Irrigation|Pools'),
  trade('Legal', 'Law Group|Title & Escrow'),
  trade('Manufacturing', 'Machine Works|Cabinetry|Packaging'),
  trade('Real Estate', 'Realty|Property Management'),
  trade('Retail', 'Hardware|Furniture|Garden Supply|Bicycles|Books'),
  trade('Technology', 'IT Services|Security Systems|Web Studio'),
  trade('Transportation', 'Moving & Storage|Freight|Limousine'),
];

export const FIRST_NAMES = (
  'Amara Andre Beatriz Bennett Carmen Caleb Dana Desmond Elena Emmett Farah Felix Gloria Grant Hannah Hector Imani ' +
  'Isaac Jolene Julian Keisha Kenji Lorena Leland Marisol Malik Nadia Nolan Odessa Oscar Priya Preston Renata Rafael ' +
  'Simone Stefan Tamika Trevor Uma Vernon Wanda Wesley Yolanda Yusuf Zelda'
).split(' ');
export const LAST_NAMES = (
  'Abbott Alvarado Baptiste Becker Castellano Chowdhury Dalton Delacroix Eastman Escobar Fairchild Fontaine Gallagher ' +
  'Guerrero Hargrove Hoffman Ibarra Ingram Jaworski Jefferson Kowalski Kaur Lindqvist Lombardi McAllister Mendoza ' +
  'Nakamura Norwood Okafor Olsen Pemberton Petrov Quintana Ramsey Rosales Sandoval Sinclair Thibodeaux Tran Underwood ' +
  'Vasquez Vickers Whitaker Winslow Yamada Yates Zamora Zielinski'
).split(' ');
export const TITLES = ['Owner', 'Co-owner', 'General Manager', 'Office Manager', 'Operations Manager', 'President'];
export const STREETS = (
  'Main St|Oak Ave|Commerce Dr|Industrial Blvd|Market St|Highland Ave|Railroad Ave|Elm St|Washington Blvd|' +
  '2nd St|Airport Rd|Lakeview Dr|Mill Rd|Sycamore Ln|Jefferson Ave'
).split('|');
export const PEOPLE: readonly (readonly [name: string, role: 'rep' | 'enablement'])[] = [
  ['Jordan Reyes', 'rep'],
  ['Casey Lindgren', 'rep'],
  ['Morgan Adeyemi', 'rep'],
  ['Taylor Brandt', 'rep'],
  ['Riley Santos', 'rep'],
  ['Avery Novak', 'rep'],
  ['Quinn Harlow', 'rep'],
  ['Rowan Ellery', 'rep'],
  ['Sage Whitcomb', 'enablement'],
  ['Devon Marsh', 'enablement'],
];
